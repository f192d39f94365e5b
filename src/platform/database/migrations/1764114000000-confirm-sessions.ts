import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody last proved to be at a session in person: by signing in, or by the password once more. */
export class ConfirmSessions1764114000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE moderator_session ADD COLUMN confirmed_at timestamptz; -- null: asked at the next occasion
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE moderator_session DROP COLUMN confirmed_at`);
  }
}
