import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What moderators decided about readers who were deleted since, for as long as it lasts. Whom it is about is known by
 * nothing but a keyed hash, whose key is not in the database.
 */
export class KeepStandings1764119200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE kept_standing (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        key_mac bytea NOT NULL,                        -- of the token's sub
        standing text NOT NULL CHECK (standing IN ('suspended', 'banned', 'pre-moderated')),
        until timestamptz,                             -- null: without an end
        reason text,
        kept_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, key_mac)
      );
      CREATE INDEX kept_standing_end ON kept_standing (site_id, until) WHERE until IS NOT NULL;
      SELECT isolate_by_site('kept_standing');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kept_standing');
  }
}
