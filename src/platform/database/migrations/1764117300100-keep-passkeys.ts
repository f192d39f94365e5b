import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passkeys of accounts (WebAuthn), and the challenges that are open. */
export class KeepPasskeys1764117300100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE moderator_passkey (
        id uuid PRIMARY KEY,
        moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
        credential_id text NOT NULL UNIQUE,            -- base64url
        public_key bytea NOT NULL,                     -- COSE
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX moderator_passkey_of ON moderator_passkey (moderator_id);

      -- Each is answered once.
      CREATE TABLE passkey_challenge (
        challenge text PRIMARY KEY,
        moderator_id uuid REFERENCES moderator ON DELETE CASCADE, -- who registers; null: somebody signs in
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX passkey_challenge_age ON passkey_challenge (expires_at);

      SELECT audit_table('moderator_passkey', 'passkey', 'moderator_id', 'name', '',
        'INSERT OR UPDATE OF name OR DELETE');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE passkey_challenge, moderator_passkey`);
  }
}
