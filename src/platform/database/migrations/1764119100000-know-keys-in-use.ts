import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a publisher key was used last; and a key for certain sites is in the records of these sites too. */
export class KnowKeysInUse1764119100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publisher_key ADD COLUMN last_used_at timestamptz; -- null: not since this is noted

      -- Besides the entry in the record of the installation, which only whoever runs the database reads.
      CREATE FUNCTION audit_key_of_sites() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        site uuid;
      BEGIN
        FOREACH site IN ARRAY NEW.sites LOOP
          PERFORM add_audit_entry(site, clock_timestamp(), CASE TG_OP WHEN 'INSERT' THEN 'key.made' ELSE 'key.revoked' END,
            'key', NEW.id::text, NULL, NULL, jsonb_build_object('name', NEW.name, 'scopes', NEW.scopes));
        END LOOP;
        RETURN NULL;
      END $$;
      CREATE TRIGGER audited_for_sites AFTER INSERT OR UPDATE OF revoked_at ON publisher_key FOR EACH ROW
        WHEN (NEW.sites IS NOT NULL) EXECUTE FUNCTION audit_key_of_sites();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audited_for_sites ON publisher_key;
      DROP FUNCTION audit_key_of_sites;
      ALTER TABLE publisher_key DROP COLUMN last_used_at;
    `);
  }
}
