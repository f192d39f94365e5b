-- An entitlement of a reader: a tier, from one source, until a time.
CREATE TABLE entitlement (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  reader_key text COLLATE "C" NOT NULL,
  key text NOT NULL,
  tier text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'cancelled', 'expired')),
  valid_until timestamptz,
  grace_until timestamptz,
  ended_at timestamptz,                              -- when a cancelled or expired status was reported
  source text NOT NULL DEFAULT 'api',
  sequence numeric,                                  -- the provider's own ordering number, if it has one
  reported_at timestamptz NOT NULL,                  -- the provider's timestamp of the fact
  message_id text,                                   -- billing message that reported it
  updated_at timestamptz NOT NULL,
  kind text NOT NULL DEFAULT 'subscription' CHECK (kind IN ('subscription', 'trial', 'gift', 'seat')),
  granted_by text,                                   -- member of staff who granted it, or the organisation that provides the seat
  PRIMARY KEY (site_id, reader_key, key)
);
CREATE INDEX entitlement_seat ON entitlement (site_id, key, reader_key) WHERE kind = 'seat';
SELECT isolate_by_site('entitlement');

-- The ledger of entitlements: every fact received from billing, the publisher or staff, including those that arrived
-- out of order.
CREATE TABLE entitlement_ledger_entry (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  reader_key text COLLATE "C" NOT NULL,
  key text NOT NULL,
  source text NOT NULL,
  message_id text NOT NULL,
  sequence numeric,
  reported_at timestamptz NOT NULL,
  tier text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'cancelled', 'expired', 'deleted')),
  valid_until timestamptz,
  grace_until timestamptz,
  recorded_at timestamptz NOT NULL,
  kind text,                                         -- null: recorded before kinds existed
  granted_by text,
  PRIMARY KEY (site_id, reader_key, key, source, message_id)
);
SELECT isolate_by_site('entitlement_ledger_entry');

-- When a reader lost a tier whose entitlement has since been deleted or has moved to another tier; one row per
-- entitlement and source. The gate uses the latest time per tier.
CREATE TABLE entitlement_ending (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  reader_key text COLLATE "C" NOT NULL,
  tier text NOT NULL,
  key text NOT NULL,
  source text NOT NULL,
  ended_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, reader_key, tier, key, source)
);
SELECT isolate_by_site('entitlement_ending');

-- Organisations whose members share seats of a tier.
CREATE TABLE organisation (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  name text NOT NULL,
  seats int NOT NULL CHECK (seats >= 0),
  tier text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'cancelled', 'expired')),
  valid_until timestamptz,
  grace_until timestamptz,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, key)
);
SELECT isolate_by_site('organisation');

-- How the site's lookup endpoint is called for entitlements, and the latest success and failure.
CREATE TABLE entitlement_lookup (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  url text NOT NULL,
  secrets_sealed text NOT NULL,
  cache_seconds int NOT NULL,
  timeout_ms int NOT NULL,
  when_down text NOT NULL,                           -- last-known, nothing, or the key of a tier
  last_success_at timestamptz,
  last_success_ms int,
  last_failure_at timestamptz,
  last_failure text,
  open_until timestamptz
);
SELECT isolate_by_site('entitlement_lookup');

-- Actions that the gate refused, with the gate's inputs, for support.
CREATE TABLE refusal (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,                                  -- contains the time
  reader_key text COLLATE "C",                       -- null: signed out
  story_key text,                                    -- null: not about a particular story
  action text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  required_tier text,
  inputs jsonb NOT NULL,
  times int NOT NULL,                                -- repeats within a second are counted in one row
  request_id text NOT NULL,                          -- of the first attempt
  PRIMARY KEY (site_id, id)
);
CREATE INDEX refusal_of_reader ON refusal (site_id, reader_key, id) WHERE reader_key IS NOT NULL;
CREATE INDEX refusal_of_story ON refusal (site_id, story_key, id) WHERE story_key IS NOT NULL;
SELECT isolate_by_site('refusal');

-- Bulk imports of entitlements and their progress.
CREATE TABLE entitlement_import (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  total int NOT NULL,
  applied int NOT NULL DEFAULT 0,
  unchanged int NOT NULL DEFAULT 0,
  refused int NOT NULL DEFAULT 0,
  errors jsonb NOT NULL DEFAULT '[]',                -- the first hundred
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (site_id, id)
);
SELECT isolate_by_site('entitlement_import');

-- Pending rows of a bulk import of entitlements.
CREATE TABLE entitlement_import_row (
  site_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number int NOT NULL,                               -- index in the list, from 0
  item jsonb NOT NULL,
  PRIMARY KEY (site_id, import_id, number),
  FOREIGN KEY (site_id, import_id) REFERENCES entitlement_import (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('entitlement_import_row');

-- A site's billing integrations: secrets, mapping of prices to tiers.
CREATE TABLE billing_integration (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  provider text NOT NULL,
  secrets_sealed text NOT NULL,
  tiers jsonb NOT NULL DEFAULT '{}',
  updated_at timestamptz NOT NULL,
  reader text,                                       -- JSON pointer to the reader's key; null: the provider's usual location
  grace_days int NOT NULL DEFAULT 0,
  api_url text,
  api_key_sealed text,
  mapping jsonb,                                     -- only for the generic JSON provider
  PRIMARY KEY (site_id, provider)
);
SELECT isolate_by_site('billing_integration');

-- Ids of billing messages that have been processed, so that a repeated message changes nothing.
CREATE TABLE billing_message (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  provider text NOT NULL,
  message_id text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, provider, message_id)
);
CREATE INDEX billing_message_age ON billing_message (site_id, provider, received_at);
SELECT isolate_by_site('billing_message');

-- Billing webhooks with their outcomes, for the integrations page; bodies are sealed.
CREATE TABLE billing_webhook_log (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  provider text NOT NULL,
  outcome text NOT NULL,
  reason text,
  detail text,
  message_id text,
  reader_key text COLLATE "C",
  entitlement_key text,
  body_sealed text,                                  -- of messages with a valid signature, for replay
  replay_of uuid,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id)
);
CREATE INDEX billing_webhook_log_by_provider ON billing_webhook_log (site_id, provider, id);
CREATE INDEX billing_webhook_log_by_reader ON billing_webhook_log (site_id, reader_key) WHERE reader_key IS NOT NULL;
SELECT isolate_by_site('billing_webhook_log');

-- The facts about a reader that the gate evaluates, as JSON. Sets the site of the transaction, so that one statement is
-- enough.
CREATE FUNCTION reader_gate_facts(p_site_id uuid, p_reader_key text, p_reader_id uuid) RETURNS jsonb
LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('app.site_id', p_site_id::text, true);
    RETURN (
      SELECT jsonb_build_object(
        'standing', r.standing, 'standingUntil', r.standing_until, 'standingReason', r.standing_reason,
        'entitlements', (
          SELECT coalesce(jsonb_agg(jsonb_build_object(
            'tier', e.tier, 'status', e.status, 'validUntil', e.valid_until, 'graceUntil', e.grace_until,
            'endedAt', e.ended_at, 'reportedAt', e.reported_at) ORDER BY e.key), '[]')
          FROM entitlement e WHERE e.site_id = p_site_id AND e.reader_key = p_reader_key),
        'endings', (
          SELECT coalesce(jsonb_agg(jsonb_build_object('tier', latest.tier, 'endedAt', latest.ended_at) ORDER BY latest.tier), '[]')
          FROM (SELECT tier, max(ended_at) AS ended_at FROM entitlement_ending
                WHERE site_id = p_site_id AND reader_key = p_reader_key GROUP BY tier) latest))
      FROM (SELECT) one_row LEFT JOIN reader r ON r.site_id = p_site_id AND r.id = p_reader_id);
  END
$$;

-- The tier that a reader had when they wrote their latest comment, in any section; null if they had none or have no
-- comments.
CREATE FUNCTION last_tier_of_reader(p_site_id uuid, p_reader_id uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.author_tier FROM comment c
  WHERE c.site_id = p_site_id AND c.author_id = p_reader_id
    AND p_site_id = nullif(current_setting('app.site_id', true), '')::uuid
  ORDER BY c.id DESC LIMIT 1
$$;

-- Deletes old deletion facts, with the entitlements and ledger entries of readers who did not come back.
CREATE FUNCTION purge_deletion_tombstones(before timestamp with time zone, max_rows integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    tombstone record;
    purged int := 0;
  BEGIN
    FOR tombstone IN
      SELECT d.site_id AS site, d.reader_key AS reader FROM reader_fact d
      WHERE d.kind = 'deletion' AND d.recorded_at < before
        AND NOT EXISTS (SELECT FROM entitlement_ledger_entry t WHERE t.site_id = d.site_id
                        AND t.reader_key = d.reader_key AND t.recorded_at >= before)
      ORDER BY d.recorded_at LIMIT max_rows FOR UPDATE OF d SKIP LOCKED
    LOOP
      -- A message about this reader is being processed right now: try again later.
      CONTINUE WHEN NOT pg_try_advisory_xact_lock(hashtextextended(tombstone.site || E'\n' || tombstone.reader, 7343));
      purged := purged + 1;
      DELETE FROM reader_fact WHERE site_id = tombstone.site AND reader_key = tombstone.reader AND kind = 'deletion';
      -- Keep the entitlements if the reader came back after the deletion, or if one of them is still active.
      CONTINUE WHEN EXISTS (SELECT FROM reader WHERE site_id = tombstone.site AND key = tombstone.reader)
        OR EXISTS (SELECT FROM entitlement WHERE site_id = tombstone.site AND reader_key = tombstone.reader
                   AND status NOT IN ('cancelled', 'expired'));
      DELETE FROM entitlement WHERE site_id = tombstone.site AND reader_key = tombstone.reader;
      DELETE FROM entitlement_ledger_entry WHERE site_id = tombstone.site AND reader_key = tombstone.reader;
      DELETE FROM entitlement_ending WHERE site_id = tombstone.site AND reader_key = tombstone.reader;
    END LOOP;
    RETURN purged;
  END
$$;

SELECT audit_table('entitlement_lookup', 'lookup', 'site_id', 'url,cache_seconds,timeout_ms,when_down', 'secrets_sealed');
SELECT audit_table('billing_integration', 'inbound', 'provider', 'tiers', 'secrets_sealed');
