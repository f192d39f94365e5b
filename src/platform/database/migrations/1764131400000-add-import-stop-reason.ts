import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets an import that cannot go on correct its counts before it ends as failed. */
export class AddImportStopReason1764131400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Code and message of the error that ends the import once its counts are correct.
      ALTER TABLE site_import ADD COLUMN stop_reason jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE site_import DROP COLUMN stop_reason');
  }
}
