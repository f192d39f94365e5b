import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which language a reader's letters are: that of the page on which they asked for them. */
export class WriteInReadersLanguages1764113000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reader_mail ADD COLUMN language text NOT NULL DEFAULT 'en'; -- BCP 47, as the page's lang has it
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE reader_mail DROP COLUMN language`);
  }
}
