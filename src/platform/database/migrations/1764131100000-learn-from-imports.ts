import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of an import that had no foreign key: their rows outlived the site. */
const STAGED = ['import_record', 'import_story', 'import_reader', 'import_comment'] as const;

/**
 * What an import taught the site's scorer, imports that are cancelled, and imports in the audit log. Also readers who
 * were erased: an export from before their erasure must not bring them back.
 */
export class LearnFromImports1764131100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of STAGED)
      await runner.query(`
        DELETE FROM ${table} x WHERE NOT EXISTS (
          SELECT FROM site_import i WHERE i.site_id = x.site_id AND i.id = x.import_id);
        ALTER TABLE ${table} ADD CONSTRAINT ${table}_of_import
          FOREIGN KEY (site_id, import_id) REFERENCES site_import ON DELETE CASCADE;
      `);
    await runner.query(`
      ALTER TABLE site_import
        ADD COLUMN learned jsonb,                      -- what the scorer learned from it; null: nothing yet
        DROP CONSTRAINT site_import_state_check,
        ADD CONSTRAINT site_import_state_check
          CHECK (state IN ('receiving', 'running', 'done', 'failed', 'cancelled'));

      -- A table of its own: whoever asks must not wait for the batch that holds the import's row.
      CREATE TABLE import_cancellation (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        asked_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, import_id),
        FOREIGN KEY (site_id, import_id) REFERENCES site_import ON DELETE CASCADE
      );
      SELECT isolate_by_site('import_cancellation');

      -- Keyed hashes of the keys of readers who were erased.
      CREATE TABLE erased_reader (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        key_mac bytea NOT NULL,                        -- of the token's sub
        erased_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, key_mac)
      );
      SELECT isolate_by_site('erased_reader');

      CREATE FUNCTION audit_import() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        happened text := CASE NEW.state
          WHEN 'running' THEN 'import.started' WHEN 'done' THEN 'import.finished' WHEN 'failed' THEN 'import.failed' END;
      BEGIN
        IF happened IS NOT NULL THEN
          PERFORM add_audit_entry(NEW.site_id, coalesce(NEW.finished_at, NEW.touched_at), happened, 'import', NEW.id::text, NULL, NULL,
            jsonb_build_object('format', NEW.format, 'bytes', NEW.bytes, 'dryRun', NEW.dry_run,
              'counts', nullif(NEW.counts, '{}'), 'failure', NEW.failure -> 'code'));
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER site_import_audited AFTER UPDATE OF state ON site_import FOR EACH ROW
        WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION audit_import();

      CREATE FUNCTION audit_import_cancellation() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM add_audit_entry(NEW.site_id, NEW.asked_at, 'import.cancelled', 'import', NEW.import_id::text, NULL, NULL, NULL);
        RETURN NULL;
      END $$;
      CREATE TRIGGER import_cancellation_audited AFTER INSERT ON import_cancellation FOR EACH ROW
        EXECUTE FUNCTION audit_import_cancellation();

      -- As before, but for sites whose import is under way: the scorer learns from it once, at its end.
      CREATE OR REPLACE FUNCTION sites_to_learn(before timestamptz, fewest int, model text, max int) RETURNS TABLE (site_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s LEFT JOIN site_learning l ON l.site_id = s.id
        WHERE (l.trained_at IS NULL OR l.trained_at < before)
          AND NOT EXISTS (SELECT FROM site_import i WHERE i.site_id = s.id AND i.state = 'running')
          AND ((SELECT count(*) FROM (
              SELECT 1 FROM decision d
              WHERE d.site_id = s.id AND d.decided_by = 'moderator' AND (l.through IS NULL OR d.id > l.through)
              LIMIT fewest) d) >= fewest
            OR EXISTS (SELECT FROM site_head h
                       WHERE h.site_id = s.id AND h.state IN ('active', 'shadow') AND h.model_version <> model))
        ORDER BY l.trained_at NULLS FIRST LIMIT max
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION sites_to_learn(before timestamptz, fewest int, model text, max int) RETURNS TABLE (site_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s LEFT JOIN site_learning l ON l.site_id = s.id
        WHERE (l.trained_at IS NULL OR l.trained_at < before)
          AND ((SELECT count(*) FROM (
              SELECT 1 FROM decision d
              WHERE d.site_id = s.id AND d.decided_by = 'moderator' AND (l.through IS NULL OR d.id > l.through)
              LIMIT fewest) d) >= fewest
            OR EXISTS (SELECT FROM site_head h
                       WHERE h.site_id = s.id AND h.state IN ('active', 'shadow') AND h.model_version <> model))
        ORDER BY l.trained_at NULLS FIRST LIMIT max
      $$;
      DROP TRIGGER site_import_audited ON site_import;
      DROP TABLE import_cancellation, erased_reader;
      DROP FUNCTION audit_import, audit_import_cancellation;
      UPDATE site_import SET state = 'failed' WHERE state = 'cancelled';
      ALTER TABLE site_import DROP COLUMN learned, DROP CONSTRAINT site_import_state_check,
        ADD CONSTRAINT site_import_state_check CHECK (state IN ('receiving', 'running', 'done', 'failed'));
    `);
    for (const table of STAGED) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_of_import`);
  }
}
