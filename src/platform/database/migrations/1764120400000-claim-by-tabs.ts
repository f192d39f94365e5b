import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A comment is on somebody's screen as long as it is in one of their tabs. */
export class ClaimByTabs1764120400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE looking ADD COLUMN tabs text[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE looking DROP COLUMN tabs`);
  }
}
