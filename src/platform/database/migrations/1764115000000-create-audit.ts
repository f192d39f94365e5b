import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The record of what staff did (ADR 0009): entries follow rows by triggers, so that no writer can forget them, and are
 * chained per site when their transaction commits. The service may read them and nothing else.
 */
export class CreateAudit1764115000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No key to the site: the record outlives what it is about. The nil UUID is the installation itself.
      CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id uuid NOT NULL,
        position bigint,                               -- from 1 within the site; null until its transaction commits
        body text NOT NULL,                            -- JSON, byte for byte what the hash is over
        previous text,                                 -- the hash of the entry before; of none: 64 zeros
        hash text,                                     -- SHA-256, hex, of previous, position and body, a line each
        -- Not timestamptz: reading one depends on a setting, and a generated column may not.
        at text NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'at') STORED,
        action text NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'action') STORED,
        actor text GENERATED ALWAYS AS (body::jsonb -> 'actor' ->> 'id') STORED,
        subject text GENERATED ALWAYS AS (body::jsonb -> 'subject' ->> 'id') STORED,
        UNIQUE (site_id, position)
      );
      CREATE INDEX audit_entry_unchained ON audit_entry (site_id, id) WHERE position IS NULL;
      CREATE INDEX audit_entry_by_actor ON audit_entry (site_id, actor, position);
      CREATE INDEX audit_entry_by_subject ON audit_entry (site_id, subject, position);
      CREATE INDEX audit_entry_by_action ON audit_entry (site_id, action, position);
      SELECT isolate_by_site('audit_entry');

      -- How long each chain is and how it ends: without it the last entries could be cut off unseen.
      CREATE TABLE audit_chain (
        site_id uuid PRIMARY KEY,
        length bigint NOT NULL DEFAULT 0,
        head text NOT NULL DEFAULT repeat('0', 64)
      );
      SELECT isolate_by_site('audit_chain');

      REVOKE ALL ON audit_entry, audit_chain FROM postbag_app;
      GRANT SELECT ON audit_entry, audit_chain TO postbag_app;

      -- Against the owner's slips; who means harm as the owner is found out by the chain.
      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.body = OLD.body AND NEW.site_id = OLD.site_id THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit record is only ever added to';
      END $$;
      CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW
        EXECUTE FUNCTION refuse_audit_change();
      CREATE FUNCTION refuse_audit_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit record is only ever added to';
      END $$;
      CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION refuse_audit_truncate();

      -- At the commit, when every other lock is held already: what waits for a chain holds nothing that its holder wants.
      CREATE FUNCTION chain_audit_entries() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        site uuid;
        entry record;
        last bigint;
        tip text;
        link text;
      BEGIN
        -- Entries of others are not seen before they are chained, so these are this transaction's own.
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
      END $$;
      CREATE CONSTRAINT TRIGGER audit_entry_chained AFTER INSERT ON audit_entry
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chain_audit_entries();

      -- Only called by what the owner wrote: the service makes entries by doing things, or by note_audit.
      CREATE FUNCTION add_audit_entry(site uuid, happened timestamptz, what text, kind text, which text, why text,
        version int, more jsonb) RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        INSERT INTO audit_entry (site_id, body)
        SELECT coalesce(site, '00000000-0000-0000-0000-000000000000'), jsonb_strip_nulls(jsonb_build_object(
          'at', to_char(happened AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'action', what,
          'actor', coalesce(nullif(current_setting('app.actor', true), '')::jsonb, '{"kind": "system"}'::jsonb),
          'subject', jsonb_build_object('kind', kind, 'id', which),
          'reason', why,
          'policyVersion', coalesce(version, (SELECT s.policy_version FROM site s WHERE s.id = site)),
          'details', nullif(more, '{}'::jsonb)))::text
      $$;
      REVOKE ALL ON FUNCTION add_audit_entry FROM PUBLIC;

      -- What leaves no row of its own, such as that the record was read out.
      CREATE FUNCTION note_audit(happened timestamptz, what text, kind text, which text, more jsonb) RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT add_audit_entry(nullif(current_setting('app.site_id', true), '')::uuid, happened, what, kind, which, NULL, NULL, more)
      $$;

      CREATE FUNCTION audit_decision() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'comment.' || NEW.action, 'comment', NEW.comment_id::text,
          NEW.reason, NEW.policy_version, jsonb_build_object('decision', NEW.id, 'revision', NEW.revision,
            'from', NEW.from_status, 'to', NEW.to_status, 'reverses', NEW.reverses));
        RETURN NULL;
      END $$;
      CREATE TRIGGER decision_audited AFTER INSERT ON decision FOR EACH ROW
        WHEN (NEW.decided_by = 'moderator') EXECUTE FUNCTION audit_decision();

      CREATE FUNCTION audit_standing() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'reader.standing', 'reader', NEW.reader_id::text,
          NEW.reason, NULL, jsonb_build_object('standing', NEW.standing, 'until', NEW.until));
        RETURN NULL;
      END $$;
      CREATE TRIGGER standing_change_audited AFTER INSERT ON standing_change FOR EACH ROW
        EXECUTE FUNCTION audit_standing();

      -- Arguments: what a row is called, the column that names it, the columns that count, those that are secret.
      CREATE FUNCTION audit_row() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ELSE '{}' END;
        now_is jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ELSE '{}' END;
        either jsonb := was || now_is;
        site uuid := coalesce(CASE WHEN TG_TABLE_NAME = 'site' THEN either ->> 'id' ELSE either ->> 'site_id' END,
          nullif(current_setting('app.site_id', true), ''))::uuid;
        changes jsonb := '{}';
        col text;
      BEGIN
        -- What goes with its site is in the entry that the site is gone.
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'site' AND site IS NOT NULL
          AND NOT EXISTS (SELECT FROM site s WHERE s.id = site) THEN
          RETURN NULL;
        END IF;
        FOREACH col IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP
          IF was -> col IS DISTINCT FROM now_is -> col THEN
            changes := changes || jsonb_build_object(col, CASE TG_OP
              WHEN 'INSERT' THEN now_is -> col
              WHEN 'DELETE' THEN was -> col
              ELSE jsonb_build_array(was -> col, now_is -> col) END);
          END IF;
        END LOOP;
        FOREACH col IN ARRAY string_to_array(TG_ARGV[3], ',') LOOP
          IF TG_OP = 'UPDATE' AND was -> col IS DISTINCT FROM now_is -> col THEN
            changes := changes || jsonb_build_object(col, 'replaced');
          END IF;
        END LOOP;
        IF TG_OP = 'UPDATE' AND changes = '{}' THEN RETURN NULL; END IF;
        PERFORM add_audit_entry(site, clock_timestamp(), TG_ARGV[0] || CASE TG_OP
            WHEN 'INSERT' THEN '.made' WHEN 'UPDATE' THEN '.changed' ELSE '.deleted' END,
          TG_ARGV[0], either ->> TG_ARGV[1], NULL, NULL, changes);
        RETURN NULL;
      END $$;

      -- Puts a table under audit; what is in secret columns is never written down, only that it was replaced.
      CREATE FUNCTION audit_table(table_name regclass, kind text, id_column text, columns text, secret text DEFAULT '',
        events text DEFAULT 'INSERT OR UPDATE OR DELETE') RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('CREATE TRIGGER audited AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION audit_row(%L, %L, %L, %L)',
          events, table_name, kind, id_column, columns, secret);
      END $$;
      REVOKE ALL ON FUNCTION audit_table FROM PUBLIC;

      SELECT audit_table('site', 'site', 'id', 'name,origins,sign_in_url,sso_family,sso_issuer,jwks_url', 'sso_secret_sealed,jwks');
      SELECT audit_table('policy_override', 'override', 'key', 'section,story_key,starts_at,ends_at,note,policy');
      SELECT audit_table('entitlement_look_up', 'lookup', 'site_id', 'url,cache_seconds,timeout_ms,when_down', 'secrets_sealed');
      SELECT audit_table('inbound_provider', 'inbound', 'provider', 'tiers', 'secrets_sealed');
      SELECT audit_table('external_scorer', 'scorer', 'key', 'kind,name,url,labels,languages,when_absent,enabled', 'secrets_sealed');
      SELECT audit_table('webhook_endpoint', 'webhook', 'id', 'url,events,body,state,disabled_reason', 'secrets');
      SELECT audit_table('moderator_role', 'role', 'moderator_id', 'role');
      SELECT audit_table('publisher_key', 'key', 'id', 'name,scopes,sites,revoked_at');
      SELECT audit_table('saved_queue', 'saved-queue', 'id', 'name,state,sort,filter,target_minutes');
      SELECT audit_table('bulk_decision', 'bulk-decision', 'id', 'action,reason,state');
      SELECT audit_table('opinion', 'opinion', 'comment_id', 'revision,leaning', '', 'INSERT OR UPDATE OF leaning');
      SELECT audit_table('story', 'story', 'id', 'state,policy', '', 'UPDATE OF state, policy');
      SELECT audit_table('reader', 'reader', 'id', 'role', '', 'UPDATE OF role');
      SELECT audit_table('site_head', 'scorer-head', 'id', 'state,took_over_by', '', 'UPDATE OF state');
      SELECT audit_table('comment', 'comment', 'id', 'picked_at,pinned_at', '', 'UPDATE OF picked_at, pinned_at');
      SELECT audit_table('moderator', 'account', 'id', 'name,email,role_everywhere', 'password_hash',
        'INSERT OR UPDATE OF name, email, role_everywhere, password_hash OR DELETE');
      SELECT audit_table('moderator_session', 'session', 'moderator_id', 'agent', '', 'INSERT');
      SELECT audit_table('sign_in_link', 'sign-in-link', 'moderator_id', 'printed_at_start', '', 'INSERT');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ DECLARE t regclass; BEGIN
        FOR t IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'audited' LOOP
          EXECUTE format('DROP TRIGGER audited ON %s', t);
        END LOOP;
      END $$;
      DROP TRIGGER standing_change_audited ON standing_change;
      DROP TRIGGER decision_audited ON decision;
      DROP FUNCTION audit_table, audit_row, audit_standing, audit_decision, note_audit, add_audit_entry;
      DROP TABLE audit_chain, audit_entry;
      DROP FUNCTION chain_audit_entries, refuse_audit_change, refuse_audit_truncate;
    `);
  }
}
