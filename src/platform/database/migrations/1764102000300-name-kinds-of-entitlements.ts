import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why somebody has an entitlement: they pay, they try, it was given to them, or a company pays. */
export class NameKindsOfEntitlements1764102000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entitlement
        ADD COLUMN kind text NOT NULL DEFAULT 'subscription' CHECK (kind IN ('subscription', 'trial', 'gift', 'seat')),
        ADD COLUMN granted_by text;                    -- who gives it, or whose seat it is
      UPDATE entitlement SET kind = 'trial' WHERE status = 'trialing';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entitlement DROP COLUMN kind, DROP COLUMN granted_by');
  }
}
