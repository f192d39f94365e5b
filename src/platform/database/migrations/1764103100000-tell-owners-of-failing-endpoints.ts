import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the owners of an endpoint were last told by e-mail that it fails. */
export class TellOwnersOfFailingEndpoints1764103100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_endpoint ADD COLUMN told_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_endpoint DROP COLUMN told_at');
  }
}
