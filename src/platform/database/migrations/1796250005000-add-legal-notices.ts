import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices of illegal content, by anybody, and their decisions. */
export class AddLegalNotices1796250005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL lock_timeout = '2s';
      CREATE TABLE legal_notice (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        comment_id uuid NOT NULL,
        reference text NOT NULL,
        reason text NOT NULL,
        explanation text,
        name text,
        email text,
        language text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'removed', 'no-action')),
        created_at timestamptz NOT NULL,
        decided_at timestamptz,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        decision_id uuid,
        note text,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, reference),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE,
        CONSTRAINT legal_notice_decided CHECK ((state = 'open') = (decided_at IS NULL))
      );
      CREATE INDEX legal_notice_by_comment ON legal_notice (site_id, comment_id);
      CREATE INDEX legal_notice_by_state ON legal_notice (site_id, state, id);
      CREATE INDEX legal_notice_by_reference ON legal_notice (reference);
      CREATE INDEX legal_notice_by_id ON legal_notice (id);
      CREATE INDEX legal_notice_to_purge ON legal_notice (decided_at)
        WHERE num_nonnulls(name, email, explanation) > 0;
      SELECT isolate_by_site('legal_notice');
      SELECT audit_table('legal_notice', 'legal-notice', 'id', 'comment_id,state', events => 'INSERT OR UPDATE OF state');

      CREATE FUNCTION site_of_legal_notice(notice_reference text) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM legal_notice WHERE reference = notice_reference
      $$;
      CREATE FUNCTION comment_of_legal_notice(notice_id uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT comment_id FROM legal_notice WHERE id = notice_id
      $$;
      CREATE FUNCTION purge_legal_notices(decided_before timestamp with time zone, max_rows integer) RETURNS integer
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH purged AS (
          UPDATE legal_notice n SET name = NULL, email = NULL, explanation = NULL FROM (
            SELECT o.site_id, o.id FROM legal_notice o
            WHERE o.decided_at < decided_before AND num_nonnulls(o.name, o.email, o.explanation) > 0 LIMIT max_rows
          ) expired WHERE n.site_id = expired.site_id AND n.id = expired.id
          RETURNING 1
        )
        SELECT count(*)::int FROM purged
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION purge_legal_notices, comment_of_legal_notice, site_of_legal_notice;
      DROP TABLE legal_notice`);
  }
}
