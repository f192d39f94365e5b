import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a publisher's own endpoint answered last, whichever process asked it. */
export class NoteLookUps1764112000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entitlement_look_up
        ADD COLUMN last_success_at timestamptz,
        ADD COLUMN last_success_ms int,
        ADD COLUMN last_failure_at timestamptz,
        ADD COLUMN last_failure text,
        ADD COLUMN open_until timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entitlement_look_up
        DROP COLUMN last_success_at, DROP COLUMN last_success_ms, DROP COLUMN last_failure_at,
        DROP COLUMN last_failure, DROP COLUMN open_until;
    `);
  }
}
