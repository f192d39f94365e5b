-- The service's role may read and write rows but owns nothing. roles.ts creates the roles at each start.
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO postbag_app', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO postbag_app', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO postbag_app', current_schema());
END $$;

-- Adds a policy that shows a member of staff whose role is limited to sections only rows of stories in these sections.
-- Each row belongs to a story, a comment or a revision.
CREATE FUNCTION limit_to_sections(table_name regclass) RETURNS void
LANGUAGE plpgsql AS $$
  DECLARE
    col record;
    conditions text[] := '{}';
    is_enough boolean := false;
  BEGIN
    FOR col IN
      SELECT a.attname AS name, a.attnotnull AS is_not_null,
        CASE a.attname WHEN 'story_id' THEN 'story' WHEN 'comment_id' THEN 'comment' ELSE 'revision' END AS target
      FROM pg_attribute a
      WHERE a.attrelid = table_name AND NOT a.attisdropped AND a.attname IN ('story_id', 'comment_id', 'revision_id')
      ORDER BY array_position('{story_id,comment_id,revision_id}'::text[], a.attname::text)
    LOOP
      -- The first column that is never null is sufficient.
      CONTINUE WHEN is_enough;
      is_enough := col.is_not_null;
      conditions := conditions
        || (CASE WHEN col.is_not_null THEN '' ELSE format('%s.%I IS NULL OR ', table_name, col.name) END
        || format('%s %I parent WHERE parent.site_id = %s.site_id AND parent.id = %s.%I)',
          CASE col.target WHEN 'story' THEN 'EXISTS (SELECT FROM' ELSE '(SELECT true FROM' END, col.target, table_name, table_name, col.name));
    END LOOP;
    IF cardinality(conditions) > 0 THEN
      EXECUTE format('CREATE POLICY section_limit ON %s AS RESTRICTIVE TO postbag_sections USING ((%s))',
        table_name, array_to_string(conditions, ') AND ('));
    END IF;
  END
$$;
REVOKE ALL ON FUNCTION limit_to_sections FROM PUBLIC;

-- Forces row-level security on a table: the service sees only rows of the site set for its transaction. Also calls
-- limit_to_sections. The owner needs its own policy for migrations and SECURITY DEFINER functions.
CREATE FUNCTION isolate_by_site(table_name regclass, site_column text DEFAULT 'site_id'::text) RETURNS void
LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY site_isolation ON %s TO postbag_app
         USING (%I = nullif(current_setting(''app.site_id'', true), '''')::uuid)
         WITH CHECK (%I = nullif(current_setting(''app.site_id'', true), '''')::uuid)',
      table_name, site_column, site_column);
    EXECUTE format('CREATE POLICY owner_sees_all ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', table_name);
    PERFORM limit_to_sections(table_name);
  END
$$;
REVOKE ALL ON FUNCTION isolate_by_site FROM PUBLIC;

-- Events that are not handled yet: written in the transaction of the change that they announce, deleted when handled.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id uuid NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  payload jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  failed_at timestamptz,                             -- set when a handler fails; later rows of the same subject wait
  retry_at timestamptz,
  error text
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX outbox_postponed ON outbox (site_id, subject, id) WHERE failed_at IS NOT NULL;

-- Jobs that are not yet in their queue on another server; written in the transaction of the change that needs them.
CREATE TABLE outbox_job (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  job_id text NOT NULL,
  payload jsonb NOT NULL,
  delay_ms bigint NOT NULL,
  added_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Sealed responses to requests with an Idempotency-Key, and leases of requests that are still running.
CREATE TABLE idempotency_record (
  caller text NOT NULL,
  route text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  status int,
  answer_sealed text,
  created_at timestamptz NOT NULL,
  holder uuid,                                       -- the running request; null once it has ended
  leased_until timestamptz,                          -- by the database's clock
  authority text,                                    -- digest of what the caller was allowed to do at the time
  of_site uuid,                                      -- site of the route, if it has one
  PRIMARY KEY (caller, route, key)
);
CREATE INDEX idempotency_record_age ON idempotency_record (created_at);
CREATE INDEX idempotency_record_site ON idempotency_record (of_site);

-- Counters of rate limits. Unlogged: a crash resets them.
CREATE UNLOGGED TABLE limit_counter (
  key text PRIMARY KEY,
  window_ends_at timestamptz NOT NULL,
  hits int NOT NULL
);
CREATE INDEX limit_counter_age ON limit_counter (window_ends_at);

-- Emails that wait to be sent, and those that were sent, kept because no SMTP server is configured, or failed.
CREATE TABLE mail (
  site_id uuid,
  id uuid PRIMARY KEY,
  key text NOT NULL,                                 -- deduplicates: one email per key
  address text NOT NULL,
  content_sealed text,                               -- subject and text; null once sent
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'stored', 'failed')),
  error text,
  created_at timestamptz NOT NULL,
  left_at timestamptz,                               -- when the state became sent, kept or failed
  UNIQUE NULLS NOT DISTINCT (site_id, key)
);
CREATE INDEX mail_address ON mail (site_id, address);
CREATE INDEX mail_age ON mail (created_at);
ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON mail TO CURRENT_USER
  USING (true)
  WITH CHECK (true);
CREATE POLICY site_isolation ON mail TO postbag_app
  USING (NOT (site_id IS DISTINCT FROM nullif(current_setting('app.site_id', true), '')::uuid))
  WITH CHECK ((site_id IS NULL) OR (site_id = nullif(current_setting('app.site_id', true), '')::uuid));

-- The smallest UUIDv7 of an instant.
CREATE FUNCTION first_id_at(instant timestamp with time zone) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM instant) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

-- Extends the lease of a running request before it commits. Does nothing in a transaction that has written nothing.
CREATE FUNCTION idempotency_renew_lease(p_caller text, p_route text, p_key text, p_holder uuid, p_lease interval) RETURNS void
LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_current_xact_id_if_assigned() IS NULL THEN
      RETURN;
    END IF;
    UPDATE idempotency_record SET leased_until = clock_timestamp() + p_lease
    WHERE caller = p_caller AND route = p_route AND key = p_key AND holder = p_holder;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the idempotency record is held by another request' USING ERRCODE = 'PB001';
    END IF;
  END
$$;

-- Stores the response of a request that holds the lease.
CREATE FUNCTION idempotency_store_response(p_caller text, p_route text, p_key text, p_holder uuid, p_status integer, p_answer text) RETURNS void
LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE idempotency_record SET status = p_status, answer_sealed = p_answer, holder = NULL, leased_until = NULL
    WHERE caller = p_caller AND route = p_route AND key = p_key AND holder = p_holder;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the idempotency record is held by another request' USING ERRCODE = 'PB001';
    END IF;
  END
$$;

-- Emails of all sites and of the service itself, newest first, for the operator.
CREATE FUNCTION list_mail(before_id uuid, max_rows integer) RETURNS SETOF mail
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT * FROM mail m WHERE before_id IS NULL OR m.id < before_id ORDER BY m.id DESC LIMIT max_rows
$$;

CREATE FUNCTION purge_mail(created_before timestamp with time zone, max_rows integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (
    DELETE FROM mail m USING (
      SELECT o.id FROM mail o WHERE o.created_at < created_before AND o.state <> 'waiting' LIMIT max_rows
    ) expired WHERE m.id = expired.id
    RETURNING 1
  )
  SELECT count(*)::int FROM deleted
$$;
