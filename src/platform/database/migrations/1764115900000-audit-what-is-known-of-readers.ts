import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes, messages and joined accounts are in the record of what staff did; a note's and a message's words are not. */
export class AuditWhatIsKnownOfReaders1764115900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT audit_table('reader_note', 'reader-note', 'reader_id', 'id', '', 'INSERT');
      SELECT audit_table('reader_message', 'reader-message', 'reader_id', 'id', '', 'INSERT');
      SELECT audit_table('same_person', 'same-person', 'reader_id', 'person_id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audited ON same_person;
      DROP TRIGGER audited ON reader_message;
      DROP TRIGGER audited ON reader_note;
    `);
  }
}
