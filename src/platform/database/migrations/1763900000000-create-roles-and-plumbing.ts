import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the service's role may do, the helper that isolates a site's table, and the tables of the plumbing,
 * which hold ids and carry no site of their own.
 */
export class CreateRolesAndPlumbing1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The roles themselves are of the cluster; every start makes what is missing of them (roles.ts).
      DO $$ BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO postbag_app', current_schema());
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO postbag_app', current_schema());
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO postbag_app', current_schema());
      END $$;

      -- Only rows of the site set for the transaction are seen or written by the service. Row security is
      -- forced, so the owner needs a policy of its own for migrations and SECURITY DEFINER functions.
      CREATE FUNCTION isolate_by_site(table_name regclass, site_column text DEFAULT 'site_id') RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format(
          'CREATE POLICY site_isolation ON %s TO postbag_app
             USING (%I = nullif(current_setting(''app.site_id'', true), '''')::uuid)
             WITH CHECK (%I = nullif(current_setting(''app.site_id'', true), '''')::uuid)',
          table_name, site_column, site_column);
        EXECUTE format('CREATE POLICY owner_sees_all ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', table_name);
      END $$;
      REVOKE ALL ON FUNCTION isolate_by_site FROM PUBLIC;

      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id uuid NOT NULL,
        type text NOT NULL,
        subject text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        failed_at timestamptz,                         -- set aside: a handler refused it; later rows of its subject wait
        retry_at timestamptz,
        error text
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
      CREATE INDEX outbox_aside ON outbox (site_id, subject, id) WHERE failed_at IS NOT NULL;

      -- Jobs on their way to queues that live in another server: they commit with what they are about.
      CREATE TABLE outbox_job (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        job_id text NOT NULL,
        payload jsonb NOT NULL,
        delay_ms bigint NOT NULL,
        added_at timestamptz NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

      CREATE TABLE idempotency_record (
        caller text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        fingerprint text NOT NULL,
        status int,
        answer_sealed text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (caller, route, key)
      );
      CREATE INDEX idempotency_record_age ON idempotency_record (created_at);

      -- Counters of rate limits: lost in a crash, which only forgives.
      CREATE UNLOGGED TABLE limit_counter (
        key text PRIMARY KEY,
        window_ends_at timestamptz NOT NULL,
        hits int NOT NULL
      );
      CREATE INDEX limit_counter_age ON limit_counter (window_ends_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE limit_counter, idempotency_record, outbox_job, outbox;
      DROP FUNCTION isolate_by_site;
    `);
  }
}
