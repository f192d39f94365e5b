import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a scoring key answers for a text in a language that is not read. */
export class ScoreUnreadLanguages1764130700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publisher_key ADD COLUMN unread_score double precision -- null: an error
        CHECK (unread_score BETWEEN 0 AND 1);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE publisher_key DROP COLUMN unread_score');
  }
}
