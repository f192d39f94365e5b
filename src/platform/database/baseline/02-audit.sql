-- Length and last hash of each site's audit chain. Without it, nobody would notice if the newest entries were deleted.
CREATE TABLE audit_chain (
  site_id uuid PRIMARY KEY,
  length bigint NOT NULL DEFAULT 0,
  head text NOT NULL DEFAULT repeat('0', 64)
);
SELECT isolate_by_site('audit_chain');
REVOKE INSERT, UPDATE, DELETE ON audit_chain FROM postbag_app;

-- The audit log: append-only; each entry's hash covers the hash of the previous entry.
CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id uuid NOT NULL,
  position bigint,                                   -- from 1 within the site; null until its transaction commits
  body text NOT NULL,                                -- JSON, byte for byte what is hashed
  previous text,                                     -- hash of the previous entry; 64 zeros for the first
  hash text,                                         -- SHA-256, hex, of previous, position and body, one line each
  at text NOT NULL GENERATED ALWAYS AS (((body)::jsonb ->> 'at')) STORED,
  action text NOT NULL GENERATED ALWAYS AS (((body)::jsonb ->> 'action')) STORED,
  actor text GENERATED ALWAYS AS ((((body)::jsonb -> 'actor') ->> 'id')) STORED,
  subject text GENERATED ALWAYS AS ((((body)::jsonb -> 'subject') ->> 'id')) STORED,
  UNIQUE (site_id, position)
);
CREATE INDEX audit_entry_by_action ON audit_entry (site_id, action, position);
CREATE INDEX audit_entry_by_actor ON audit_entry (site_id, actor, position);
CREATE INDEX audit_entry_by_subject ON audit_entry (site_id, subject, position);
CREATE INDEX audit_entry_unchained ON audit_entry (site_id, id) WHERE position IS NULL;
SELECT isolate_by_site('audit_entry');
REVOKE INSERT, UPDATE, DELETE ON audit_entry FROM postbag_app;

-- Appends to the audit log. The entry gets its position and hash when the transaction commits.
CREATE FUNCTION add_audit_entry(p_site_id uuid, happened_at timestamp with time zone, action text, subject_kind text, subject_id text, reason text, policy_version integer, details jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  INSERT INTO audit_entry (site_id, body)
  SELECT coalesce(p_site_id, '00000000-0000-0000-0000-000000000000'), jsonb_strip_nulls(jsonb_build_object(
    'at', to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'action', action,
    'actor', coalesce(nullif(current_setting('app.actor', true), '')::jsonb, '{"kind": "system"}'::jsonb),
    'subject', jsonb_build_object('kind', subject_kind, 'id', subject_id),
    'reason', reason,
    'policyVersion', coalesce(policy_version, (SELECT s.policy_version FROM site s WHERE s.id = p_site_id)),
    'details', nullif(details, '{}'::jsonb)))::text
$$;
REVOKE ALL ON FUNCTION add_audit_entry FROM PUBLIC;

-- Appends an entry for an action that changes no audited row.
CREATE FUNCTION record_audit_event(happened_at timestamp with time zone, action text, subject_kind text, subject_id text, details jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT add_audit_entry(nullif(current_setting('app.site_id', true), '')::uuid, happened_at, action, subject_kind, subject_id,
    NULL, NULL, details)
$$;

-- Assigns positions and hashes to the transaction's entries, one site at a time.
CREATE FUNCTION chain_audit_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_seqscan = off AS $$
  DECLARE
    site uuid;
    entry record;
    own_position bigint;
    chain_length bigint;
    last_hash text;
    ids bigint[];
    hashes text[];
  BEGIN
    -- This function runs once per entry, and its first run chains all of them.
    SELECT e.position INTO own_position FROM audit_entry e WHERE e.id = NEW.id;
    IF own_position IS NOT NULL THEN RETURN NULL; END IF;
    -- Entries of other transactions are not visible before they are chained, so these belong to this transaction.
    FOR site IN SELECT DISTINCT e.site_id FROM audit_entry e WHERE e.position IS NULL ORDER BY e.site_id LOOP
      INSERT INTO audit_chain (site_id) VALUES (site) ON CONFLICT DO NOTHING;
      SELECT c.length, c.head INTO chain_length, last_hash FROM audit_chain c WHERE c.site_id = site FOR UPDATE;
      ids := '{}';
      hashes := ARRAY[last_hash];
      FOR entry IN
        SELECT e.id, e.body FROM audit_entry e WHERE e.site_id = site AND e.position IS NULL ORDER BY e.id
      LOOP
        ids := ids || entry.id;
        last_hash := encode(sha256(convert_to(
          last_hash || E'\n' || chain_length + cardinality(ids) || E'\n' || entry.body, 'UTF8')), 'hex');
        hashes := hashes || last_hash;
      END LOOP;
      UPDATE audit_entry e SET position = chain_length + chained.n, previous = hashes[chained.n], hash = hashes[chained.n + 1]
      FROM unnest(ids) WITH ORDINALITY AS chained (id, n) WHERE e.id = chained.id;
      UPDATE audit_chain SET length = chain_length + cardinality(ids), head = last_hash WHERE site_id = site;
    END LOOP;
    RETURN NULL;
  END
$$;

-- Refuses every change of an entry, except the one that adds its position and hash.
CREATE FUNCTION refuse_audit_change() RETURNS trigger
LANGUAGE plpgsql AS $$
  BEGIN
    -- Two conditions, because a TRUNCATE has no OLD.
    IF TG_OP = 'UPDATE' THEN
      IF OLD.position IS NULL AND NEW.body = OLD.body AND NEW.site_id = OLD.site_id THEN
        RETURN NEW;
      END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
  END
$$;

-- Writes an audit entry for a changed row. Arguments of the trigger: kind of subject, its id column, recorded columns
-- with their values, and secret columns, for which only a replacement is recorded.
CREATE FUNCTION audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ELSE '{}' END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ELSE '{}' END;
    latest_row jsonb := old_row || new_row;
    site uuid := coalesce(CASE WHEN TG_TABLE_NAME = 'site' THEN latest_row ->> 'id' ELSE latest_row ->> 'site_id' END,
      nullif(current_setting('app.site_id', true), ''))::uuid;
    changes jsonb := '{}';
    col text;
  BEGIN
    -- Rows deleted together with their site are covered by the audit entry for the site's deletion.
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'site' AND site IS NOT NULL
      AND NOT EXISTS (SELECT FROM site s WHERE s.id = site) THEN
      RETURN NULL;
    END IF;
    FOREACH col IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP
      IF old_row -> col IS DISTINCT FROM new_row -> col THEN
        changes := changes || jsonb_build_object(col, CASE TG_OP
          WHEN 'INSERT' THEN new_row -> col
          WHEN 'DELETE' THEN old_row -> col
          ELSE jsonb_build_array(old_row -> col, new_row -> col) END);
      END IF;
    END LOOP;
    FOREACH col IN ARRAY string_to_array(TG_ARGV[3], ',') LOOP
      IF TG_OP = 'UPDATE' AND old_row -> col IS DISTINCT FROM new_row -> col THEN
        changes := changes || jsonb_build_object(col, 'replaced');
      END IF;
    END LOOP;
    IF TG_OP = 'UPDATE' AND changes = '{}' THEN RETURN NULL; END IF;
    PERFORM add_audit_entry(site, clock_timestamp(), TG_ARGV[0] || CASE TG_OP
        WHEN 'INSERT' THEN '.made' WHEN 'UPDATE' THEN '.changed' ELSE '.deleted' END,
      TG_ARGV[0], latest_row ->> TG_ARGV[1], NULL, NULL, changes);
    RETURN NULL;
  END
$$;

-- Audits the changes of a table with audit_row; `columns` and `secret_columns` are separated by commas.
CREATE FUNCTION audit_table(table_name regclass, kind text, id_column text, columns text, secret_columns text DEFAULT ''::text, events text DEFAULT 'INSERT OR UPDATE OR DELETE'::text) RETURNS void
LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format('CREATE TRIGGER audited AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION audit_row(%L, %L, %L, %L)',
      events, table_name, kind, id_column, columns, secret_columns);
  END
$$;
REVOKE ALL ON FUNCTION audit_table FROM PUBLIC;

-- Writes an audit entry at each site that an API key may access.
CREATE FUNCTION audit_key_of_sites() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    site uuid;
  BEGIN
    FOREACH site IN ARRAY NEW.sites LOOP
      PERFORM add_audit_entry(site, clock_timestamp(), CASE TG_OP WHEN 'INSERT' THEN 'key.made' ELSE 'key.revoked' END,
        'key', NEW.id::text, NULL, NULL, jsonb_build_object('name', NEW.name, 'scopes', NEW.scopes));
    END LOOP;
    RETURN NULL;
  END
$$;

CREATE FUNCTION audit_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'comment.' || NEW.action, 'comment', NEW.comment_id::text,
      NEW.reason, NEW.policy_version, jsonb_build_object('decision', NEW.id, 'revision', NEW.revision,
        'from', NEW.from_status, 'to', NEW.to_status, 'reverses', NEW.reverses, 'said', NEW.reason_text, 'importedFrom', NEW.imported_from, 'importedBy', NEW.imported_by));
    RETURN NULL;
  END
$$;

CREATE FUNCTION audit_reader_sanction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'reader.standing', 'reader', NEW.reader_id::text,
      NEW.reason, NULL, jsonb_build_object('standing', NEW.standing, 'until', NEW.until,
        'importedFrom', NEW.imported_from, 'importedBy', NEW.imported_by));
    RETURN NULL;
  END
$$;

CREATE CONSTRAINT TRIGGER audit_entry_chained AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION chain_audit_entries();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entry_stays BEFORE DELETE OR UPDATE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
