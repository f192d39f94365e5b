import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows of an import are written, read and deleted within the hour: vacuuming them before they are deleted, and analysing
 * them beside `analyze_imports`, only took time from the import.
 */
export class VacuumImportsOnce1764131202000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['import_record', 'import_comment', 'import_reader', 'import_story'])
      await runner.query(`
        ALTER TABLE ${table} SET (autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_scale_factor = 0.6,
          autovacuum_analyze_threshold = 2000000000)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['import_record', 'import_comment', 'import_reader', 'import_story'])
      await runner.query(`
        ALTER TABLE ${table} RESET (autovacuum_vacuum_insert_threshold, autovacuum_vacuum_scale_factor, autovacuum_analyze_threshold)`);
  }
}
