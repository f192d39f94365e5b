import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Coral asks Postbag about its comments: what its requests are signed with, and how the last ones went. */
export class CreateCoralPhase1764131000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE coral_phase (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        secrets_sealed text NOT NULL,
        timeout_ms int NOT NULL,                       -- how long Coral waits
        updated_at timestamptz NOT NULL,
        last_answer_at timestamptz,
        last_answer text,                              -- publish, hold or reject
        last_rule text,
        last_failure_at timestamptz,
        last_failure text
      );
      SELECT isolate_by_site('coral_phase');
      SELECT audit_table('coral_phase', 'coral-phase', 'site_id', 'timeout_ms', 'secrets_sealed',
        'INSERT OR DELETE OR UPDATE OF timeout_ms, secrets_sealed');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE coral_phase');
  }
}
