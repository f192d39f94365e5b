import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a publisher may be asked what a reader is entitled to. */
export class LookEntitlementsUp1764102000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE entitlement_look_up (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        url text NOT NULL,
        secrets_sealed text NOT NULL,
        cache_seconds int NOT NULL,
        timeout_ms int NOT NULL,
        when_down text NOT NULL,                       -- last-known, nothing, or the key of a tier
        updated_at timestamptz NOT NULL
      );
      SELECT isolate_by_site('entitlement_look_up');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE entitlement_look_up');
  }
}
