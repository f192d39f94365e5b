-- Imports of comments from another system and their progress.
CREATE TABLE site_import (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  format text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  dry_run boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('receiving', 'running', 'done', 'failed', 'cancelled')),
  step text NOT NULL DEFAULT 'read',
  cursor jsonb,                                      -- progress within the step
  step_done bigint NOT NULL DEFAULT 0,
  step_total bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,                   -- of the uploaded file
  counts jsonb NOT NULL DEFAULT '{}',
  faults int NOT NULL DEFAULT 0,
  failure jsonb,                                     -- {code, message}: why it failed, or what it is waiting for
  principal jsonb NOT NULL,                          -- the principal who started it
  created_at timestamptz NOT NULL,
  touched_at timestamptz NOT NULL,                   -- when it last received a chunk or advanced
  finished_at timestamptz,
  learned jsonb,                                     -- result of training on it; null: none yet
  stop_reason jsonb,                                 -- why it will end as failed once its counts are corrected; as `failure`
  PRIMARY KEY (site_id, id)
);
CREATE UNIQUE INDEX site_import_running ON site_import (site_id) WHERE state IN ('receiving', 'running');
SELECT isolate_by_site('site_import');

-- The uploaded file of an import, in chunks; deleted once it has been read.
CREATE TABLE import_chunk (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number int NOT NULL,
  bytes bytea STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (site_id, import_id, number),
  FOREIGN KEY (site_id, import_id) REFERENCES site_import (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('import_chunk');

-- Requests to cancel an import; a separate table, so that a request does not wait for a batch that locks the import.
CREATE TABLE import_cancellation (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, import_id),
  FOREIGN KEY (site_id, import_id) REFERENCES site_import (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('import_cancellation');

-- Parts of an import that are written in parallel, and the progress of each.
CREATE TABLE import_lane (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  lane smallint NOT NULL,
  cursor jsonb,                                      -- level and id of the last comment written
  done int NOT NULL DEFAULT 0,
  is_done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (site_id, import_id, lane),
  FOREIGN KEY (site_id, import_id) REFERENCES site_import (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('import_lane');

-- Documents of the uploaded file, one row each. No foreign keys: rows are written fast and deleted at the end.
CREATE TABLE import_record (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  kind text NOT NULL,
  ref uuid NOT NULL,                                 -- id of the record in the source; for a reaction, flag or decision, the id of its comment
  reader_ref uuid,                                   -- author of the comment, or the person who reacted, flagged or decided
  story_ref uuid,
  parent_ref uuid,
  at timestamptz,
  file text NOT NULL,
  line int NOT NULL,
  doc jsonb NOT NULL,
  texts jsonb
) WITH (autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_scale_factor = 0.6, autovacuum_analyze_threshold = 2000000000);
CREATE INDEX import_record_by_ref ON import_record (site_id, import_id, ref, kind);
SELECT isolate_by_site('import_record');

-- Stories of an import, matched with the site's stories.
CREATE TABLE import_story (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  ref uuid NOT NULL,
  story_id uuid NOT NULL,
  key text NOT NULL,
  is_new boolean NOT NULL,
  comments int NOT NULL DEFAULT 0,                   -- visible comments that this import adds
  PRIMARY KEY (site_id, import_id, ref)
) WITH (autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_scale_factor = 0.6, autovacuum_analyze_threshold = 2000000000);
SELECT isolate_by_site('import_story');

-- Readers of an import, matched with the site's readers.
CREATE TABLE import_reader (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  ref uuid NOT NULL,
  reader_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  is_new boolean NOT NULL,
  is_erased boolean NOT NULL DEFAULT false,          -- erased on request: their texts are not imported
  published int NOT NULL DEFAULT 0,
  rejected int NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, import_id, ref)
) WITH (autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_scale_factor = 0.6, autovacuum_analyze_threshold = 2000000000);
SELECT isolate_by_site('import_reader');

-- Comments of an import, in the order in which they are written.
CREATE TABLE import_comment (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  ref uuid NOT NULL,
  lane smallint NOT NULL,                            -- the part of the import that its story belongs to
  level int NOT NULL,                                -- depth in the thread; parents are written before replies
  id uuid NOT NULL,
  story_ref uuid NOT NULL,
  author_ref uuid NOT NULL,
  answers_id uuid,                                   -- id of the parent in this database
  top_id uuid,                                       -- id of the top-level comment in this database
  status text NOT NULL,
  is_new boolean NOT NULL,
  replies int NOT NULL DEFAULT 0,                    -- visible replies that this import adds
  PRIMARY KEY (site_id, import_id, ref)
) WITH (autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_scale_factor = 0.6, autovacuum_analyze_threshold = 2000000000);
CREATE INDEX import_comment_in_order ON import_comment (site_id, import_id, lane, level, id);
SELECT isolate_by_site('import_comment');

-- Lines of the uploaded file that could not be imported, and why.
CREATE TABLE import_fault (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number int NOT NULL,
  file text NOT NULL,
  line int NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (site_id, import_id, number),
  FOREIGN KEY (site_id, import_id) REFERENCES site_import (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('import_fault');

-- Ids that imported comments and stories had in their source, so that old links still work.
CREATE TABLE external_id (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('comment', 'story')),
  source text NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  PRIMARY KEY (site_id, kind, source, external_id)
);
SELECT isolate_by_site('external_id');

-- A site's settings as Coral's external moderation phase, and the outcome of the last requests.
CREATE TABLE coral_phase (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  secrets_sealed text NOT NULL,
  timeout_ms int NOT NULL,                           -- Coral's time limit
  updated_at timestamptz NOT NULL,
  last_answer_at timestamptz,
  last_answer text,                                  -- publish, hold or reject
  last_rule text,
  last_failure_at timestamptz,
  last_failure text
);
SELECT isolate_by_site('coral_phase');

-- The id of an imported document; it is the same in every run.
CREATE FUNCTION imported_id(at timestamp with time zone, ref uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM $1 - timestamptz '1970-01-01 00:00:00+00') * 1000)::bigint), 12, '0')
    || '7' || substr($2::text, 16))::uuid
$$;

-- Imports that no process has advanced since then.
CREATE FUNCTION unfinished_imports(silent_since timestamp with time zone) RETURNS TABLE(site_id uuid, import_id uuid, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT i.site_id, i.id, i.state FROM site_import i
  WHERE i.state IN ('receiving', 'running') AND i.touched_at < silent_since
$$;

-- Deletes an import's staged rows together with the import. A trigger, because foreign keys would be checked for
-- millions of rows.
CREATE FUNCTION delete_staged_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    DELETE FROM import_record WHERE site_id = OLD.site_id AND import_id = OLD.id;
    DELETE FROM import_story WHERE site_id = OLD.site_id AND import_id = OLD.id;
    DELETE FROM import_reader WHERE site_id = OLD.site_id AND import_id = OLD.id;
    DELETE FROM import_comment WHERE site_id = OLD.site_id AND import_id = OLD.id;
    RETURN NULL;
  END
$$;

-- Analyses the staging tables between steps.
CREATE FUNCTION analyze_imports() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    ANALYZE import_record, import_story, import_reader, import_comment;
  END
$$;

-- Analyses the tables that an import has enlarged.
CREATE FUNCTION analyze_grown_tables() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    grown regclass;
  BEGIN
    FOR grown IN
      SELECT c.oid FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace
        AND c.relname IN ('audit_entry', 'comment', 'decision', 'external_id', 'flag', 'queue_entry', 'reaction', 'reader', 'revision', 'story')
        AND pg_stat_get_mod_since_analyze(c.oid) > greatest(c.reltuples, 1000) AND c.reltuples < 50000
      ORDER BY c.oid
    LOOP
      EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
    END LOOP;
  END
$$;

-- Analyses the tables that training reads, if a tenth of their rows has changed since the last analysis.
CREATE FUNCTION analyze_training_tables() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    stale regclass;
  BEGIN
    FOR stale IN
      SELECT c.oid FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace
        AND c.relname IN ('comment', 'decision', 'reader', 'revision', 'suggested_score')
        AND (c.reltuples < 0 OR pg_stat_get_mod_since_analyze(c.oid) > greatest(c.reltuples / 10, 1000))
      ORDER BY c.oid
    LOOP
      EXECUTE format('ANALYZE (SKIP_LOCKED) %s', stale);
    END LOOP;
  END
$$;

CREATE FUNCTION audit_import() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    action text := CASE NEW.state
      WHEN 'running' THEN 'import.started' WHEN 'done' THEN 'import.finished' WHEN 'failed' THEN 'import.failed' END;
  BEGIN
    IF action IS NOT NULL THEN
      PERFORM add_audit_entry(NEW.site_id, coalesce(NEW.finished_at, NEW.touched_at), action, 'import', NEW.id::text, NULL, NULL,
        jsonb_build_object('format', NEW.format, 'bytes', NEW.bytes, 'dryRun', NEW.dry_run,
          'counts', nullif(NEW.counts, '{}'), 'failure', NEW.failure -> 'code'));
    END IF;
    RETURN NULL;
  END
$$;

CREATE FUNCTION audit_import_cancellation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM add_audit_entry(NEW.site_id, NEW.requested_at, 'import.cancelled', 'import', NEW.import_id::text, NULL, NULL, NULL);
    RETURN NULL;
  END
$$;

CREATE TRIGGER site_import_audited AFTER UPDATE OF state ON site_import
  FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION audit_import();
CREATE TRIGGER staged_rows_deleted AFTER DELETE ON site_import
  FOR EACH ROW EXECUTE FUNCTION delete_staged_rows();
CREATE TRIGGER import_cancellation_audited AFTER INSERT ON import_cancellation
  FOR EACH ROW EXECUTE FUNCTION audit_import_cancellation();
SELECT audit_table('coral_phase', 'coral-phase', 'site_id', 'timeout_ms', 'secrets_sealed', 'INSERT OR DELETE OR UPDATE OF timeout_ms, secrets_sealed');
