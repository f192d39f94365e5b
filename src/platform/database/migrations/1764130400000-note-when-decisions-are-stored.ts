import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A decision is refused when another one was stored after its request arrived. That needs the time by the database's
 * own clock: the clocks of two processes may differ. Rows from before have none, and are older than any request.
 */
export class NoteWhenDecisionsAreStored1764130400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // In two steps each: a column that is added with such a default has every row written anew.
    await runner.query(`
      ALTER TABLE decision ADD COLUMN stored_at timestamptz;
      ALTER TABLE decision ALTER COLUMN stored_at SET DEFAULT clock_timestamp();
      ALTER TABLE standing_change ADD COLUMN stored_at timestamptz;
      ALTER TABLE standing_change ALTER COLUMN stored_at SET DEFAULT clock_timestamp();
      ALTER TABLE bulk_item ADD COLUMN decision_count int; -- by people, when it was chosen; null: from before this column
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bulk_item DROP COLUMN decision_count;
      ALTER TABLE standing_change DROP COLUMN stored_at;
      ALTER TABLE decision DROP COLUMN stored_at;
    `);
  }
}
