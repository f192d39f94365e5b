CREATE SEQUENCE event_position;

-- The event log, which webhooks and live updates read.
CREATE TABLE event (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  position bigint NOT NULL DEFAULT nextval('event_position'::regclass),
  type text NOT NULL,
  subject text NOT NULL,                             -- the comment, reader or story within which `sequence` counts
  sequence int NOT NULL,
  story_id uuid,
  comment_id uuid,
  payload jsonb NOT NULL,                            -- the feature's own event: ids and plain values
  body_thin text NOT NULL,                           -- the webhook body at the time when the event was written
  body_full text NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, position),
  UNIQUE (site_id, subject, sequence)
);
CREATE INDEX event_age ON event (occurred_at);
CREATE INDEX event_of_comment ON event (site_id, comment_id, position) WHERE comment_id IS NOT NULL;
CREATE INDEX event_of_story ON event (site_id, story_id, position) WHERE story_id IS NOT NULL;
SELECT isolate_by_site('event');

-- The last sequence number of each subject. It is kept when the events are purged, so that no number is used twice.
CREATE TABLE event_counter (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  subject text NOT NULL,
  last int NOT NULL,
  PRIMARY KEY (site_id, subject)
);
SELECT isolate_by_site('event_counter');

-- Webhook endpoints of a site, and the state of their circuit breakers.
CREATE TABLE webhook_endpoint (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  url text NOT NULL,
  events text[] NOT NULL,
  body text NOT NULL DEFAULT 'thin' CHECK (body IN ('thin', 'full')),
  secrets jsonb NOT NULL,                            -- [{sealed, until: iso | null}], newest first
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
  disabled_reason text,
  failing_since timestamptz,
  last_success_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  failures int NOT NULL DEFAULT 0,                   -- consecutive failures, counting only first tries of deliveries
  open_until timestamptz,                            -- the circuit is open until then; afterwards one delivery is sent as a probe
  owners_notified_at timestamptz,                    -- when the owners were last emailed that it fails or was disabled
  probing_until timestamptz,                         -- lease of that probe
  PRIMARY KEY (site_id, id)
);
SELECT isolate_by_site('webhook_endpoint');

-- Events to be delivered to an endpoint, one row each. `subject` and `position` repeat those of the event, for the
-- index that keeps each subject in order.
CREATE TABLE delivery (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  subject text NOT NULL,
  position bigint NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed', 'cancelled')),
  attempts int NOT NULL DEFAULT 0,                   -- HTTP attempts so far
  tries int NOT NULL DEFAULT 0,                      -- of these, since the delivery was last scheduled
  next_attempt_at timestamptz,
  lease uuid,                                        -- identifies the process that is sending it now
  leased_until timestamptz,
  last_status int,
  last_error text,
  created_at timestamptz NOT NULL,
  delivered_at timestamptz,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, event_id, endpoint_id),
  FOREIGN KEY (site_id, event_id) REFERENCES event (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, endpoint_id) REFERENCES webhook_endpoint (site_id, id) ON DELETE CASCADE
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
CREATE INDEX delivery_due ON delivery (site_id, endpoint_id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX delivery_leased ON delivery (site_id, endpoint_id) WHERE lease IS NOT NULL;
CREATE INDEX delivery_log ON delivery (site_id, endpoint_id, id);
CREATE INDEX delivery_order ON delivery (site_id, endpoint_id, subject, position) WHERE status = 'pending';
SELECT isolate_by_site('delivery');

-- Delivery attempts, with the response.
CREATE TABLE attempt (
  site_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  number int NOT NULL,                               -- from 1
  started_at timestamptz NOT NULL,
  duration_ms int NOT NULL,
  status_code int,
  error text,
  answer text,                                       -- first 4 kB of the response
  PRIMARY KEY (site_id, delivery_id, number),
  FOREIGN KEY (site_id, delivery_id) REFERENCES delivery (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('attempt');

-- Analyses the delivery tables: their size changes too fast for autovacuum.
CREATE FUNCTION refresh_delivery_statistics() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    table_name regclass;
    was_stale boolean := false;
  BEGIN
    -- If several workers try at once, one of them does it.
    IF NOT pg_try_advisory_xact_lock(7310442021) THEN RETURN false; END IF;
    FOREACH table_name IN ARRAY ARRAY['delivery', 'event']::regclass[] LOOP
      IF EXISTS (SELECT FROM pg_stat_user_tables WHERE relid = table_name
          AND (n_mod_since_analyze > 500 + 0.5 * n_live_tup
            OR (last_analyze IS NULL AND last_autoanalyze IS NULL AND n_mod_since_analyze > 100))) THEN
        EXECUTE format('ANALYZE %s', table_name);
        was_stale := true;
      END IF;
    END LOOP;
    RETURN was_stale;
  END
$$;

-- Deliveries that may be sent now: in order per subject, within each endpoint's free slots.
CREATE FUNCTION due_deliveries(at timestamp with time zone, per_endpoint integer, max_rows integer) RETURNS TABLE(site_id uuid, endpoint_id uuid, delivery_id uuid, failing boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT e.site_id, e.id, d.id, e.failures >= 3
  FROM webhook_endpoint e
  CROSS JOIN LATERAL (
    SELECT due.id, due.next_attempt_at FROM delivery due
    WHERE due.site_id = e.site_id AND due.endpoint_id = e.id
      AND due.status = 'pending' AND due.next_attempt_at <= at
      AND (due.lease IS NULL OR due.leased_until < at)
      AND due.position = (
        SELECT first.position FROM delivery first
        WHERE first.site_id = due.site_id AND first.endpoint_id = due.endpoint_id
          AND first.subject = due.subject AND first.status = 'pending'
        ORDER BY first.subject, first.position LIMIT 1)
    ORDER BY due.next_attempt_at
    LIMIT CASE WHEN e.open_until IS NULL THEN per_endpoint ELSE 1 END
  ) d
  WHERE e.state = 'active' AND (e.open_until IS NULL OR e.open_until <= at)
  ORDER BY d.next_attempt_at LIMIT max_rows
$$;

CREATE FUNCTION purge_events(before timestamp with time zone, max_rows integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (
    DELETE FROM event WHERE (site_id, id) IN (
      SELECT site_id, id FROM event WHERE occurred_at < before ORDER BY occurred_at LIMIT max_rows)
    RETURNING 1
  ) SELECT count(*) FROM deleted
$$;

SELECT audit_table('webhook_endpoint', 'webhook', 'id', 'url,events,body,state,disabled_reason', 'secrets');
