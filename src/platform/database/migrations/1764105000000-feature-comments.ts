import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Editors' picks, and the one comment that stands first under its story. */
export class FeatureComments1764105000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE comment
        ADD COLUMN picked_at timestamptz,              -- when the editors picked it; null: they did not
        ADD COLUMN pinned_at timestamptz;              -- since when it stands first; null: it does not
      CREATE INDEX comment_picked ON comment (site_id, story_id, picked_at, id)
        WHERE picked_at IS NOT NULL AND visible;
      CREATE UNIQUE INDEX comment_pinned ON comment (site_id, story_id) WHERE pinned_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX comment_pinned, comment_picked;
      ALTER TABLE comment DROP COLUMN pinned_at, DROP COLUMN picked_at;
    `);
  }
}
