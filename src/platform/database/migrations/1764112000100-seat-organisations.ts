import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisations that pay for so many seats, and of every fact why somebody had it. */
export class SeatOrganisations1764112000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entitlement_told
        ADD COLUMN kind text,                          -- null: told before kinds were kept
        ADD COLUMN granted_by text;

      -- Who has a seat is told by their entitlements of the key organisation:<key>.
      CREATE TABLE organisation (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        key text NOT NULL COLLATE "C",
        name text NOT NULL,
        seats int NOT NULL CHECK (seats >= 0),
        tier text NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'cancelled', 'expired')),
        valid_until timestamptz,
        grace_until timestamptz,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, key)
      );
      SELECT isolate_by_site('organisation');
      CREATE INDEX entitlement_seat ON entitlement (site_id, key, reader_key) WHERE kind = 'seat';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX entitlement_seat;
      DROP TABLE organisation;
      ALTER TABLE entitlement_told DROP COLUMN kind, DROP COLUMN granted_by;
    `);
  }
}
