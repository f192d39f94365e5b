import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What outside clients of the analyzer say that texts should have scored. */
export class CreateSuggestedScores1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A key may be for many sites, so a suggestion may be of none: such rows are seen where no site is set.
      CREATE TABLE suggested_score (
        id uuid PRIMARY KEY,
        site_id uuid REFERENCES site ON DELETE CASCADE,
        key_id uuid REFERENCES publisher_key ON DELETE CASCADE, -- null: the admin key
        community text,
        session text,
        client_token text,
        languages text[] NOT NULL,
        text text NOT NULL,
        scores jsonb NOT NULL,                         -- by label: {value, spans: [[begin, end, value]]}
        created_at timestamptz NOT NULL
      );
      -- Null for comparing: what belongs to none is one kind of belonging.
      CREATE FUNCTION suggested_score_of(id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN coalesce(id, '00000000-0000-0000-0000-000000000000');
      CREATE UNIQUE INDEX suggested_score_token ON suggested_score
        (suggested_score_of(site_id), suggested_score_of(key_id), coalesce(community, ''), client_token)
        WHERE client_token IS NOT NULL;
      CREATE INDEX suggested_score_site ON suggested_score (site_id, created_at);
      CREATE INDEX suggested_score_age ON suggested_score (created_at);

      ALTER TABLE suggested_score ENABLE ROW LEVEL SECURITY;
      ALTER TABLE suggested_score FORCE ROW LEVEL SECURITY;
      CREATE POLICY site_isolation ON suggested_score TO postbag_app
        USING (site_id IS NOT DISTINCT FROM nullif(current_setting('app.site_id', true), '')::uuid)
        WITH CHECK (site_id IS NOT DISTINCT FROM nullif(current_setting('app.site_id', true), '')::uuid);
      CREATE POLICY owner_sees_all ON suggested_score TO CURRENT_USER USING (true) WITH CHECK (true);

      CREATE FUNCTION purge_suggested_scores(before timestamptz, max int) RETURNS int
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH old AS (SELECT id FROM suggested_score WHERE created_at < before ORDER BY created_at LIMIT max),
          gone AS (DELETE FROM suggested_score WHERE id IN (SELECT id FROM old) RETURNING 1)
        SELECT count(*)::int FROM gone
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION purge_suggested_scores;
      DROP TABLE suggested_score;
      DROP FUNCTION suggested_score_of;
    `);
  }
}
