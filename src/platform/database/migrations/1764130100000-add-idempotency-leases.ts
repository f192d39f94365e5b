import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A request with an idempotency key holds its record by a lease, not by an open transaction (ADR 0013). Its answer
 * commits with its effect, and only while it still holds the lease.
 */
export class AddIdempotencyLeases1764130100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE idempotency_record
        ADD COLUMN holder uuid,               -- the request that runs; null once it ended
        ADD COLUMN leased_until timestamptz,  -- by the database's clock
        ADD COLUMN authority text,            -- digest of what the caller was allowed to do
        ADD COLUMN of_site uuid;              -- the site of the route, where it has one
      CREATE INDEX idempotency_record_site ON idempotency_record (of_site);

      CREATE FUNCTION idempotency_keep(p_caller text, p_route text, p_key text, p_holder uuid, p_status int, p_answer text)
      RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE idempotency_record SET status = p_status, answer_sealed = p_answer, holder = NULL, leased_until = NULL
        WHERE caller = p_caller AND route = p_route AND key = p_key AND holder = p_holder;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the idempotency record is held by another request' USING ERRCODE = 'PB001';
        END IF;
      END $$;

      -- Before a commit that is not the last one. Transactions that only read need no lease.
      CREATE FUNCTION idempotency_hold(p_caller text, p_route text, p_key text, p_holder uuid, p_lease interval)
      RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        IF pg_current_xact_id_if_assigned() IS NULL THEN
          RETURN;
        END IF;
        UPDATE idempotency_record SET leased_until = clock_timestamp() + p_lease
        WHERE caller = p_caller AND route = p_route AND key = p_key AND holder = p_holder;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the idempotency record is held by another request' USING ERRCODE = 'PB001';
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION idempotency_hold;
      DROP FUNCTION idempotency_keep;
      ALTER TABLE idempotency_record DROP COLUMN holder, DROP COLUMN leased_until, DROP COLUMN authority,
        DROP COLUMN of_site;
    `);
  }
}
