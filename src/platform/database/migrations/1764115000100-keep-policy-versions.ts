import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every version of a site's policy, by a trigger, so that no way to a new version leaves none. */
export class KeepPolicyVersions1764115000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_version (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        version int NOT NULL,
        policy jsonb NOT NULL,                         -- what differs from the defaults
        overrides jsonb NOT NULL,                      -- [{key, section, storyKey, from, until, policy}] that stood then
        actor jsonb,                                   -- {kind, id, name}; null: made before versions were kept
        note text,
        restores int,                                  -- the version that was brought back
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, version)
      );
      SELECT isolate_by_site('policy_version');
      REVOKE UPDATE, DELETE, TRUNCATE ON policy_version FROM postbag_app;

      CREATE FUNCTION overrides_of_site(wanted uuid) RETURNS jsonb
      LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT coalesce(jsonb_agg(jsonb_build_object('key', o.key, 'section', o.section, 'storyKey', o.story_key,
          'from', o.starts_at, 'until', o.ends_at, 'policy', o.policy) ORDER BY o.key), '[]')
        FROM policy_override o WHERE o.site_id = wanted
      $$;

      CREATE FUNCTION keep_policy_version() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        INSERT INTO policy_version (site_id, version, policy, overrides, actor, note, restores, created_at)
        VALUES (NEW.id, NEW.policy_version, NEW.policy, overrides_of_site(NEW.id),
          coalesce(nullif(current_setting('app.actor', true), '')::jsonb, '{"kind": "system"}'),
          nullif(current_setting('app.policy_note', true), ''),
          nullif(current_setting('app.policy_restores', true), '')::int, NEW.updated_at);
        IF TG_OP = 'UPDATE' THEN
          PERFORM add_audit_entry(NEW.id, NEW.updated_at, 'policy.changed', 'policy', NEW.policy_version::text,
            nullif(current_setting('app.policy_note', true), ''), NEW.policy_version,
            jsonb_build_object('version', jsonb_build_array(OLD.policy_version, NEW.policy_version),
              'restores', nullif(current_setting('app.policy_restores', true), '')::int));
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER policy_version_audited AFTER INSERT ON site FOR EACH ROW EXECUTE FUNCTION keep_policy_version();
      CREATE TRIGGER policy_version_kept AFTER UPDATE OF policy_version ON site FOR EACH ROW
        WHEN (OLD.policy_version <> NEW.policy_version) EXECUTE FUNCTION keep_policy_version();

      INSERT INTO policy_version (site_id, version, policy, overrides, created_at)
      SELECT id, policy_version, policy, overrides_of_site(id), updated_at FROM site;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER policy_version_kept ON site;
      DROP TRIGGER policy_version_audited ON site;
      DROP FUNCTION keep_policy_version;
      DROP FUNCTION overrides_of_site;
      DROP TABLE policy_version;
    `);
  }
}
