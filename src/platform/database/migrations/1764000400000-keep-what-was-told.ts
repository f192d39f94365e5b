import type { MigrationInterface, QueryRunner } from 'typeorm';

/** More of billing wires: every push with what became of it, every fact about an entitlement, and bulk imports. */
export class KeepWhatWasTold1764000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inbound_provider
        ADD COLUMN reader text,                        -- JSON pointer to the reader's key; null: the provider's usual place
        ADD COLUMN grace_days int NOT NULL DEFAULT 0,
        ADD COLUMN api_url text,
        ADD COLUMN api_key_sealed text,
        ADD COLUMN mapping jsonb;                      -- of provider json alone

      CREATE TABLE inbound_log (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        provider text NOT NULL,
        outcome text NOT NULL,
        reason text,
        detail text,
        message_id text,
        reader_key text COLLATE "C",
        entitlement_key text,
        body_sealed text,                              -- of pushes whose signature held; for replay
        replay_of uuid,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id)
      );
      CREATE INDEX inbound_log_of_provider ON inbound_log (site_id, provider, id);
      CREATE INDEX inbound_log_of_reader ON inbound_log (site_id, reader_key) WHERE reader_key IS NOT NULL;
      SELECT isolate_by_site('inbound_log');

      -- Every fact that was ever told of an entitlement: what proves who had what, and where reordered facts meet.
      CREATE TABLE entitlement_told (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        reader_key text NOT NULL COLLATE "C",
        key text NOT NULL,
        source text NOT NULL,
        message_id text NOT NULL,
        sequence numeric,
        told_at timestamptz NOT NULL,
        tier text NOT NULL,
        status text NOT NULL
          CHECK (status IN ('active', 'trialing', 'past_due', 'cancelled', 'expired', 'deleted')),
        valid_until timestamptz,
        grace_until timestamptz,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_key, key, source, message_id)
      );
      SELECT isolate_by_site('entitlement_told');

      -- What entitlement_ending is the latest of: one ending per entitlement and source, because each of them is found
      -- anew when a late fact comes.
      CREATE TABLE entitlement_ending_part (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        reader_key text NOT NULL COLLATE "C",
        tier text NOT NULL,
        key text NOT NULL,
        source text NOT NULL,
        ended_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_key, tier, key, source)
      );
      SELECT isolate_by_site('entitlement_ending_part');
      INSERT INTO entitlement_ending_part SELECT site_id, reader_key, tier, '', '', ended_at FROM entitlement_ending;

      CREATE TABLE entitlement_import (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
        total int NOT NULL,
        applied int NOT NULL DEFAULT 0,
        unchanged int NOT NULL DEFAULT 0,
        refused int NOT NULL DEFAULT 0,
        errors jsonb NOT NULL DEFAULT '[]',            -- the first hundred
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        PRIMARY KEY (site_id, id)
      );
      SELECT isolate_by_site('entitlement_import');

      CREATE TABLE entitlement_import_row (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        number int NOT NULL,                           -- its place in the list, from 0
        item jsonb NOT NULL,
        PRIMARY KEY (site_id, import_id, number),
        FOREIGN KEY (site_id, import_id) REFERENCES entitlement_import ON DELETE CASCADE
      );
      SELECT isolate_by_site('entitlement_import_row');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE entitlement_import_row, entitlement_import, entitlement_ending_part, entitlement_told, inbound_log;
      ALTER TABLE inbound_provider
        DROP COLUMN reader, DROP COLUMN grace_days, DROP COLUMN api_url, DROP COLUMN api_key_sealed, DROP COLUMN mapping;
    `);
  }
}
