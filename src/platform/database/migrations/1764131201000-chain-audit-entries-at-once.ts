import type { MigrationInterface, QueryRunner } from 'typeorm';
import { chainSql } from './1764131200000-speed-up-imports.js';

/** @param when a further condition on the table `c` */
const analyzeSql = (when: string): string => `
  CREATE OR REPLACE FUNCTION analyze_grown_tables() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    grown regclass;
  BEGIN
    FOR grown IN
      SELECT c.oid FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace
        AND c.relname IN ('audit_entry', 'comment', 'decision', 'external_id', 'flag', 'queue_entry', 'reaction', 'reader', 'revision', 'story')
        AND pg_stat_get_mod_since_analyze(c.oid) > greatest(c.reltuples, 1000)${when}
      ORDER BY c.oid
    LOOP
      EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
    END LOOP;
  END $$;`;

/** Transactions with many audit entries, as bulk decisions and imports have them, write their chain by one statement. */
export class ChainAuditEntriesAtOnce1764131201000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION chain_audit_entries() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_seqscan = off AS $$
      DECLARE
        site uuid;
        entry record;
        before bigint;
        tip text;
        ids bigint[];
        links text[];
      BEGIN
        -- This function runs once per entry, and its first run chains all of them.
        SELECT e.position INTO before FROM audit_entry e WHERE e.id = NEW.id;
        IF before IS NOT NULL THEN RETURN NULL; END IF;
        -- Entries of other transactions cannot be seen before they are chained, so these are this transaction's own.
        FOR site IN SELECT DISTINCT e.site_id FROM audit_entry e WHERE e.position IS NULL ORDER BY e.site_id LOOP
          INSERT INTO audit_chain (site_id) VALUES (site) ON CONFLICT DO NOTHING;
          SELECT c.length, c.head INTO before, tip FROM audit_chain c WHERE c.site_id = site FOR UPDATE;
          ids := '{}';
          links := ARRAY[tip];
          FOR entry IN
            SELECT e.id, e.body FROM audit_entry e WHERE e.site_id = site AND e.position IS NULL ORDER BY e.id
          LOOP
            ids := ids || entry.id;
            tip := encode(sha256(convert_to(
              tip || E'\\n' || before + cardinality(ids) || E'\\n' || entry.body, 'UTF8')), 'hex');
            links := links || tip;
          END LOOP;
          UPDATE audit_entry e SET position = before + x.n, previous = links[x.n], hash = links[x.n + 1]
          FROM unnest(ids) WITH ORDINALITY AS x (id, n) WHERE e.id = x.id;
          UPDATE audit_chain SET length = before + cardinality(ids), head = tip WHERE site_id = site;
        END LOOP;
        RETURN NULL;
      END $$;

      -- Plans fit any larger table, whose statistics autovacuum keeps.
      ${analyzeSql(' AND c.reltuples < 50000')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${analyzeSql('')}
      ${chainSql(`
    SELECT e.position INTO last FROM audit_entry e WHERE e.id = NEW.id;
    IF last IS NOT NULL THEN RETURN NULL; END IF;`)}
    `);
  }
}
