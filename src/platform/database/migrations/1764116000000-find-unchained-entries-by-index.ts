import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A function keeps the plans of its statements. Made on a young installation, they read the whole record to find the
 * one entry that is not chained yet, and went on to when it was long.
 */
export class FindUnchainedEntriesByIndex1764116000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION chain_audit_entries SET enable_seqscan = off');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION chain_audit_entries RESET enable_seqscan');
  }
}
