import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signing in by the newsroom's own OpenID Connect server. */
export class SignInByTheNewsroom1764117300200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whom the server means; an address alone may be given to somebody else one day.
      CREATE TABLE moderator_identity (
        issuer text NOT NULL,
        subject text NOT NULL,
        moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (issuer, subject),
        UNIQUE (moderator_id, issuer)
      );
      ALTER TABLE sign_in_link ADD COLUMN proven boolean NOT NULL DEFAULT false; -- a second factor was given elsewhere

      SELECT audit_table('moderator_identity', 'identity', 'moderator_id', 'issuer,subject');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sign_in_link DROP COLUMN proven;
      DROP TABLE moderator_identity;
    `);
  }
}
