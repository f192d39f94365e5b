import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the quality score of comments, and the index for the order of threads that takes it into account. */
export class CommentQuality1764820000000 implements MigrationInterface {
  // CREATE INDEX CONCURRENTLY cannot run in a transaction. An interrupted migration therefore runs again from the start,
  // and each statement must tolerate that its change already exists.
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE comment ADD COLUMN IF NOT EXISTS quality real');
    // An interrupted build leaves an invalid index.
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS comment_thread_by_best');
    await runner.query(`CREATE INDEX CONCURRENTLY comment_thread_by_best ON comment (site_id, story_id,
      (round(1442.695 * ln((1 + greatest(reaction_count, 0))::float8) + 1000 * coalesce(quality, 0.5::real))::int), id)
      WHERE (parent_id IS NULL) AND (visible OR (reply_count > 0))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS comment_thread_by_best');
    await runner.query('ALTER TABLE comment DROP COLUMN IF EXISTS quality');
  }
}
