import type { MigrationInterface, QueryRunner } from 'typeorm';

const STAGED = ['import_record', 'import_story', 'import_reader', 'import_comment'] as const;

/**
 * Staged rows are deleted with their import by a trigger instead of foreign keys, which were checked for each of some
 * millions of rows. Whoever writes staged rows locks the import's row first, so none appear after its deletion.
 */
export class DeleteStagedRowsByTrigger1764131203000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of STAGED) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_of_import`);
    await runner.query(`
      CREATE FUNCTION delete_staged_rows() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        ${STAGED.map((table) => `DELETE FROM ${table} WHERE site_id = OLD.site_id AND import_id = OLD.id;`).join('\n        ')}
        RETURN NULL;
      END $$;
      CREATE TRIGGER staged_rows_deleted AFTER DELETE ON site_import FOR EACH ROW EXECUTE FUNCTION delete_staged_rows();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER staged_rows_deleted ON site_import;
      DROP FUNCTION delete_staged_rows;
    `);
    for (const table of STAGED)
      await runner.query(`
        DELETE FROM ${table} x WHERE NOT EXISTS (
          SELECT FROM site_import i WHERE i.site_id = x.site_id AND i.id = x.import_id);
        ALTER TABLE ${table} ADD CONSTRAINT ${table}_of_import
          FOREIGN KEY (site_id, import_id) REFERENCES site_import ON DELETE CASCADE;
      `);
  }
}
