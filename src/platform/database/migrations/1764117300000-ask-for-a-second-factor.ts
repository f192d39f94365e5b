import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second factor for accounts: one-time codes of an app and codes for the day it is lost; a site may ask its team for one. */
export class AskForASecondFactor1764117300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE moderator_totp (
        moderator_id uuid PRIMARY KEY REFERENCES moderator ON DELETE CASCADE,
        secret_sealed text,                            -- null: never set up to its end
        since timestamptz,
        last_step bigint NOT NULL DEFAULT 0,           -- RFC 6238's T of the newest code taken: none counts twice
        pending_sealed text,                           -- what is being set up, beside what counts until then
        pending_until timestamptz
      );

      CREATE TABLE recovery_code (
        moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
        code_hash text NOT NULL,                       -- HMAC-SHA256 under a key made from SECRET_KEY, hex
        used_at timestamptz,
        PRIMARY KEY (moderator_id, code_hash)
      );

      ALTER TABLE moderator_session ADD COLUMN proven_at timestamptz; -- when the second factor was given; null: never

      -- What a site asks of its team; no row: nothing.
      CREATE TABLE team_rule (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        second_factor boolean NOT NULL
      );
      SELECT isolate_by_site('team_rule');

      DROP FUNCTION roles_of_moderator;
      CREATE FUNCTION roles_of_moderator(wanted uuid) RETURNS TABLE (site_id uuid, role text, second_factor boolean)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT r.site_id, r.role, coalesce(t.second_factor, false)
        FROM moderator_role r LEFT JOIN team_rule t ON t.site_id = r.site_id WHERE r.moderator_id = wanted
      $$;
      CREATE FUNCTION sites_asking_for_second_factor() RETURNS TABLE (site_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT t.site_id FROM team_rule t WHERE t.second_factor
      $$;

      SELECT audit_table('moderator_totp', 'second-factor', 'moderator_id', 'since', 'secret_sealed',
        'INSERT OR UPDATE OF since, secret_sealed OR DELETE');
      SELECT audit_table('recovery_code', 'recovery-code', 'moderator_id', 'used_at', '', 'UPDATE OF used_at');
      SELECT audit_table('team_rule', 'team-rule', 'site_id', 'second_factor');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION sites_asking_for_second_factor, roles_of_moderator;
      CREATE FUNCTION roles_of_moderator(wanted uuid) RETURNS TABLE (site_id uuid, role text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id, role FROM moderator_role WHERE moderator_id = wanted
      $$;
      DROP TABLE team_rule;
      ALTER TABLE moderator_session DROP COLUMN proven_at;
      DROP TABLE recovery_code, moderator_totp;
    `);
  }
}
