import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds the one probe of an endpoint whose circuit is open, so that two workers do not send one each. */
export class AddProbeLease1764130800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_endpoint ADD COLUMN probing_until timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_endpoint DROP COLUMN probing_until');
  }
}
