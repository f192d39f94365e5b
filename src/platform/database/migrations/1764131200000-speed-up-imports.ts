import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The function that chains a transaction's audit entries at its commit. It runs once per entry, and its first run
 * chains all of them.
 *
 * @param guard statements of each run before that
 */
export const chainSql = (guard: string): string => `
  CREATE OR REPLACE FUNCTION chain_audit_entries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_seqscan = off AS $$
  DECLARE
    site uuid;
    entry record;
    last bigint;
    tip text;
    link text;
  BEGIN
    ${guard}
    -- Entries of other transactions cannot be seen before they are chained, so these are this transaction's own.
    FOR site IN SELECT DISTINCT e.site_id FROM audit_entry e WHERE e.position IS NULL ORDER BY e.site_id LOOP
      INSERT INTO audit_chain (site_id) VALUES (site) ON CONFLICT DO NOTHING;
      SELECT c.length, c.head INTO last, tip FROM audit_chain c WHERE c.site_id = site FOR UPDATE;
      FOR entry IN
        SELECT e.id, e.body FROM audit_entry e WHERE e.site_id = site AND e.position IS NULL ORDER BY e.id
      LOOP
        last := last + 1;
        link := encode(sha256(convert_to(tip || E'\\n' || last || E'\\n' || entry.body, 'UTF8')), 'hex');
        UPDATE audit_entry SET position = last, previous = tip, hash = link WHERE id = entry.id;
        tip := link;
      END LOOP;
      UPDATE audit_chain SET length = last, head = tip WHERE site_id = site;
    END LOOP;
    RETURN NULL;
  END $$;`;

/** Makes the statements of an import cheaper; what they store stays the same. */
export class SpeedUpImports1764131200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Without a SET clause and with immutable parts only, PostgreSQL puts the expression in place of the call.
      CREATE OR REPLACE FUNCTION imported_id(at timestamptz, ref uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT (lpad(to_hex(floor(extract(epoch FROM $1 - timestamptz '1970-01-01 00:00:00+00') * 1000)::bigint), 12, '0')
          || '7' || substr($2::text, 16))::uuid
      $$;

      -- The texts of a comment stay in the database; everything else is read by the worker.
      ALTER TABLE import_record ADD COLUMN texts jsonb;
      UPDATE import_record SET texts = doc -> 'texts', doc = doc - 'texts' WHERE kind = 'comment';

      -- Everything about one comment lies together.
      DROP INDEX import_record_by_ref;
      CREATE INDEX import_record_by_ref ON import_record (site_id, import_id, ref, kind);

      -- A new installation has no statistics: until they are made, functions and foreign keys keep plans for empty tables.
      CREATE FUNCTION analyze_grown_tables() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        grown regclass;
      BEGIN
        FOR grown IN
          SELECT c.oid FROM pg_class c
          WHERE c.relnamespace = current_schema()::regnamespace
            AND c.relname IN ('audit_entry', 'comment', 'decision', 'external_id', 'flag', 'queue_entry', 'reaction', 'reader', 'revision', 'story')
            AND pg_stat_get_mod_since_analyze(c.oid) > greatest(c.reltuples, 1000)
          ORDER BY c.oid
        LOOP
          EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
        END LOOP;
      END $$;

      -- A run after the first one would look through all entries of the transaction for nothing.
      ${chainSql(`
    SELECT e.position INTO last FROM audit_entry e WHERE e.id = NEW.id;
    IF last IS NOT NULL THEN RETURN NULL; END IF;`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${chainSql('')}
      DROP FUNCTION analyze_grown_tables;
      DROP INDEX import_record_by_ref;
      CREATE INDEX import_record_by_ref ON import_record (site_id, import_id, kind, ref);
      UPDATE import_record SET doc = doc || jsonb_build_object('texts', texts) WHERE kind = 'comment';
      ALTER TABLE import_record DROP COLUMN texts;
      CREATE OR REPLACE FUNCTION imported_id(at timestamptz, ref uuid) RETURNS uuid LANGUAGE sql IMMUTABLE
      SET search_path FROM CURRENT AS $$
        SELECT (left(first_id_at(at)::text, 15) || substr(ref::text, 16))::uuid
      $$;
    `);
  }
}
