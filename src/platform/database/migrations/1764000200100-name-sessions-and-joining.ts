import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions that their owner can tell apart and end, and when an invited account was first used. */
export class NameSessionsAndJoining1764000200100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE moderator_session ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
      ALTER TABLE moderator_session ADD COLUMN agent text;       -- the browser's own words, shortened
      CREATE UNIQUE INDEX moderator_session_by_id ON moderator_session (id);
      CREATE INDEX moderator_session_of ON moderator_session (moderator_id);

      ALTER TABLE moderator ADD COLUMN joined_at timestamptz;    -- null: invited, and never here yet
      UPDATE moderator m SET joined_at = m.created_at
      WHERE m.password_hash IS NOT NULL
         OR EXISTS (SELECT FROM moderator_session s WHERE s.moderator_id = m.id)
         OR EXISTS (SELECT FROM sign_in_link l WHERE l.moderator_id = m.id AND l.used_at IS NOT NULL);
      ALTER TABLE moderator_role ADD COLUMN since timestamptz NOT NULL DEFAULT now();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE moderator_role DROP COLUMN since;
      ALTER TABLE moderator DROP COLUMN joined_at;
      ALTER TABLE moderator_session DROP COLUMN agent, DROP COLUMN id;
    `);
  }
}
