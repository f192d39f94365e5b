import type { MigrationInterface, QueryRunner } from 'typeorm';

/** E-mails on their way, and for a while what became of them. Those without a site are the service's own. */
export class CreateMail1764104000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mail (
        site_id uuid REFERENCES site ON DELETE CASCADE,
        id uuid PRIMARY KEY,
        key text NOT NULL,                             -- what it tells; told once
        address text NOT NULL,
        content_sealed text,                           -- subject and text; null once sent
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'kept', 'failed')),
        error text,
        created_at timestamptz NOT NULL,
        left_at timestamptz,
        UNIQUE NULLS NOT DISTINCT (site_id, key)
      );
      CREATE INDEX mail_address ON mail (site_id, address);
      CREATE INDEX mail_age ON mail (created_at);

      ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
      ALTER TABLE mail FORCE ROW LEVEL SECURITY;
      -- A site sees its own, and the service's own are seen without a site; they may be written from anywhere.
      CREATE POLICY site_isolation ON mail TO postbag_app
        USING (site_id IS NOT DISTINCT FROM nullif(current_setting('app.site_id', true), '')::uuid)
        WITH CHECK (site_id IS NULL OR site_id = nullif(current_setting('app.site_id', true), '')::uuid);
      CREATE POLICY owner_sees_all ON mail TO CURRENT_USER USING (true) WITH CHECK (true);

      CREATE FUNCTION list_mail(before_id uuid, max_rows int) RETURNS SETOF mail
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT * FROM mail m WHERE before_id IS NULL OR m.id < before_id ORDER BY m.id DESC LIMIT max_rows
      $$;
      CREATE FUNCTION purge_mail(made_before timestamptz, max_rows int) RETURNS int
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH gone AS (
          DELETE FROM mail m USING (
            SELECT o.id FROM mail o WHERE o.created_at < made_before AND o.state <> 'waiting' LIMIT max_rows
          ) old WHERE m.id = old.id
          RETURNING 1
        )
        SELECT count(*)::int FROM gone
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION purge_mail;
      DROP FUNCTION list_mail;
      DROP TABLE mail;
    `);
  }
}
