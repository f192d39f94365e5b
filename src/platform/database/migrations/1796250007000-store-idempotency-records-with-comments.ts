import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores a comment and the response to its keyed request in one statement (ADR 0013). */
export class StoreIdempotencyRecordsWithComments1796250007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL lock_timeout = '2s';

      -- Stores the response of a request, in the transaction of its effect. Waits for a request with the same key that
      -- has not committed yet. Fails with PB001 if that or an earlier request has the record.
      CREATE FUNCTION idempotency_store(record jsonb) RETURNS void
      LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO idempotency_record AS r SELECT * FROM jsonb_populate_record(NULL::idempotency_record, record)
          ON CONFLICT (caller, route, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
            answer_sealed = excluded.answer_sealed, created_at = excluded.created_at, holder = NULL,
            leased_until = NULL, authority = excluded.authority, of_site = excluded.of_site
          WHERE r.created_at <= excluded.created_at - interval '24 hours'
            OR (r.status IS NULL AND r.leased_until < clock_timestamp());
          IF NOT FOUND THEN
            RAISE EXCEPTION 'another request has used the idempotency key' USING ERRCODE = 'PB001';
          END IF;
        END
      $$;

      -- Like the function without idempotency_record, which the previous release calls. idempotency_record is the
      -- argument of idempotency_store; null for a request without a key.
      CREATE FUNCTION store_comment(p_site_id uuid, expected jsonb, p_author_key text, p_author_id uuid, p_tier text, p_id uuid, p_story_id uuid, p_parent_id uuid, p_at timestamp with time zone, p_revision_id uuid, p_body text, p_html text, p_fingerprint text, event jsonb, idempotency_record jsonb, OUT refusal text, OUT facts jsonb) RETURNS record
      LANGUAGE plpgsql AS $$
        BEGIN
          SELECT s.refusal, s.facts INTO refusal, facts FROM store_comment(p_site_id, expected, p_author_key, p_author_id,
            p_tier, p_id, p_story_id, p_parent_id, p_at, p_revision_id, p_body, p_html, p_fingerprint, event) s;
          IF refusal IS NULL AND idempotency_record IS NOT NULL THEN
            PERFORM idempotency_store(idempotency_record);
          END IF;
        END
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION store_comment(uuid, jsonb, text, uuid, text, uuid, uuid, uuid, timestamptz, uuid, text, text, text, jsonb, jsonb);
      DROP FUNCTION idempotency_store`);
  }
}
