-- Scores of a revision, one row per label.
CREATE TABLE score (
  site_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  label text NOT NULL,
  value float8 NOT NULL CHECK ((value >= 0) AND (value <= 1)),
  spans jsonb NOT NULL DEFAULT '[]',                 -- [[start, end)] in UTF-16 units of the revision's body
  PRIMARY KEY (site_id, revision_id, label),
  FOREIGN KEY (site_id, revision_id) REFERENCES revision (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('score');

-- The sentence encoder's vector of a revision's text: 512 signed bytes. Deleted after a year.
CREATE TABLE embedding (
  site_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  vector bytea NOT NULL CHECK (octet_length(vector) = 512),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, revision_id),
  FOREIGN KEY (site_id, revision_id) REFERENCES revision (site_id, id) ON DELETE CASCADE
);
-- Rows are added in chronological order, so a small block-range index is enough to find the oldest.
CREATE INDEX embedding_age ON embedding USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);
SELECT isolate_by_site('embedding');

-- External scorers of a site, and the state of their circuit breakers.
CREATE TABLE external_scorer (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  key text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  secrets_sealed text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  labels jsonb,                                      -- null: the default labels of its kind
  languages text[] NOT NULL DEFAULT '{}',
  timeout_ms int NOT NULL,
  calls_per_day int,                                 -- null: no limit
  calls_per_month int,                               -- null: no limit
  send_context boolean NOT NULL,                     -- whether the story's title and the parent comment are sent
  is_shadow boolean NOT NULL,                        -- called and stored, but no decision depends on it
  when_absent text NOT NULL,
  enabled boolean NOT NULL,
  failures int NOT NULL DEFAULT 0,                   -- consecutive failures
  open_until timestamptz,                            -- the circuit is open until then; afterwards one call is made as a probe
  last_success_at timestamptz,                       -- accurate to the minute
  last_failure_at timestamptz,
  last_failure text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, key)
);
SELECT isolate_by_site('external_scorer');

-- Calls of an external scorer per day, for its budget. Days are kept until the scorer is deleted.
CREATE TABLE external_scorer_day (
  site_id uuid NOT NULL,
  scorer text NOT NULL,
  day date NOT NULL,                                 -- UTC
  calls int NOT NULL,
  PRIMARY KEY (site_id, scorer, day),
  FOREIGN KEY (site_id, scorer) REFERENCES external_scorer (site_id, key) ON DELETE CASCADE
);
SELECT isolate_by_site('external_scorer_day');

-- The outcome of each external scorer's call for a revision, for moderators. The scores are in `score`.
CREATE TABLE external_answer (
  site_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  scorer text NOT NULL,
  name text NOT NULL,                                -- the scorer's name at that time
  outcome text NOT NULL,
  duration_ms int NOT NULL,
  rule text,                                         -- the rule that it cites
  reason text,                                       -- its reason, which may quote the text
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, revision_id, scorer),
  FOREIGN KEY (site_id, revision_id) REFERENCES revision (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('external_answer');

-- Verdicts of external scorers by request, so that a scorer is called once for the same text. Deleted with the comment
-- or its parent.
CREATE TABLE external_verdict (
  site_id uuid NOT NULL,
  scorer text NOT NULL,
  request_hash bytea NOT NULL,                       -- SHA-256 of the address and the request: settings and texts
  comment_id uuid NOT NULL,                          -- whose text was in the request
  parent_id uuid,                                    -- the comment it replies to, if that was in the request
  scores jsonb NOT NULL,                             -- value by label of the scorer
  rule text,
  reason text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, scorer, request_hash),
  FOREIGN KEY (site_id, scorer) REFERENCES external_scorer (site_id, key) ON DELETE CASCADE,
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, parent_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX external_verdict_comment ON external_verdict (site_id, comment_id);
CREATE INDEX external_verdict_parent ON external_verdict (site_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX external_verdict_age ON external_verdict (created_at);
SELECT isolate_by_site('external_verdict');

-- Scores that clients of the analyze API suggested, as training data. Deleted after a year.
CREATE TABLE suggested_score (
  id uuid PRIMARY KEY,
  site_id uuid REFERENCES site ON DELETE CASCADE,
  key_id uuid REFERENCES publisher_key ON DELETE CASCADE, -- null: the admin key
  community text,                                    -- the client's communityId
  client_token text,                                 -- a later suggestion with the same token replaces this one
  text text NOT NULL,
  scores jsonb NOT NULL,                             -- by label: {value, spans: [[start, end, value]]}
  created_at timestamptz NOT NULL
);
CREATE INDEX suggested_score_age ON suggested_score (created_at);
CREATE INDEX suggested_score_site ON suggested_score (site_id, created_at);
CREATE UNIQUE INDEX suggested_score_token ON suggested_score (site_id, key_id, community, client_token) NULLS NOT DISTINCT WHERE client_token IS NOT NULL;
ALTER TABLE suggested_score ENABLE ROW LEVEL SECURITY;
ALTER TABLE suggested_score FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON suggested_score TO CURRENT_USER
  USING (true)
  WITH CHECK (true);
CREATE POLICY site_isolation ON suggested_score TO postbag_app
  USING (NOT (site_id IS DISTINCT FROM nullif(current_setting('app.site_id', true), '')::uuid))
  WITH CHECK (NOT (site_id IS DISTINCT FROM nullif(current_setting('app.site_id', true), '')::uuid));

-- A site's own model on top of the shipped one: in shadow mode, active or retired.
CREATE TABLE site_model (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('shadow', 'active', 'retired')),
  model_version text NOT NULL,                       -- of the shipped model that it corrects
  texts int NOT NULL,                                -- number of texts that a person decided, including the held-out ones
  figures jsonb NOT NULL,                            -- by label
  words jsonb NOT NULL,                              -- by label: the words with the largest change
  weights bytea NOT NULL,
  created_at timestamptz NOT NULL,
  activated_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (site_id, id)
);
CREATE UNIQUE INDEX site_model_active ON site_model (site_id) WHERE state = 'active';
CREATE UNIQUE INDEX site_model_in_shadow ON site_model (site_id) WHERE state = 'shadow';
SELECT isolate_by_site('site_model');

-- Whether a model in shadow mode would have held a comment, next to what the scores in use did.
CREATE TABLE site_model_shadow_score (
  site_id uuid NOT NULL,
  site_model_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  holds boolean NOT NULL,                            -- whether its scores reach a threshold
  held boolean NOT NULL,                             -- whether the scores in use reached one
  PRIMARY KEY (site_id, site_model_id, revision_id),
  FOREIGN KEY (site_id, site_model_id) REFERENCES site_model (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, revision_id) REFERENCES revision (site_id, id) ON DELETE CASCADE
);
CREATE INDEX site_model_shadow_score_of_revision ON site_model_shadow_score (site_id, revision_id);
SELECT isolate_by_site('site_model_shadow_score');

-- The latest training of a site's own model. A table of its own, because most trainings add no model.
CREATE TABLE site_model_training (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  trained_at timestamptz,
  through uuid,                                      -- latest decision that was considered
  texts int NOT NULL DEFAULT 0,
  outcome text CHECK (outcome IN ('trained', 'too-few', 'failed')),
  rolled_back boolean NOT NULL DEFAULT false,        -- rolled back by a person: nothing is activated automatically until someone chooses a model again
  started_at timestamptz,                            -- null: no training is queued or running
  progress_at timestamptz,                           -- when the phase or the progress last changed
  progress real NOT NULL DEFAULT 0,                  -- 0 to 1
  -- Of the current training, or in which the latest one failed.
  phase text CHECK (phase IN ('queued', 'reading', 'encoding', 'scoring', 'fitting'))
);
SELECT isolate_by_site('site_model_training');

-- What a site's editors pick, as a difference to the shipped quality head.
CREATE TABLE picks_model (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('active', 'retired')),
  model_version text NOT NULL,                       -- of the shipped head that it corrects
  picks int NOT NULL,                                -- that it was trained on
  comments int NOT NULL,                             -- that it was trained on, with the picks
  figures jsonb NOT NULL,
  weights bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id)
);
CREATE UNIQUE INDEX picks_model_active ON picks_model (site_id) WHERE state = 'active';
SELECT isolate_by_site('picks_model');

-- The latest training of a site's picks model. A table of its own, because a training may add no model.
CREATE TABLE picks_model_training (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  trained_at timestamptz,
  picks int NOT NULL DEFAULT 0,                      -- the site's visible picks at that time
  outcome text CHECK (outcome IN ('trained', 'too-few', 'failed')),
  enabled boolean NOT NULL DEFAULT true              -- false: switched off by a person
);
SELECT isolate_by_site('picks_model_training');

-- Comparisons of two scorers on new comments, from which thresholds can be adopted.
CREATE TABLE calibration (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  from_scorer text NOT NULL,                         -- local, shipped, site-model, custom-model or external:<key>
  from_name text NOT NULL,                           -- its name at that time
  to_scorer text NOT NULL,
  to_name text NOT NULL,
  thresholds jsonb NOT NULL,                         -- by label: the score from which the first scorer holds a comment
  max_comments int NOT NULL,
  ends_at timestamptz NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,                              -- null: still running, unless ends_at has passed
  comments int NOT NULL DEFAULT 0,                   -- number of comments compared
  from_absent int NOT NULL DEFAULT 0,                -- of these, the number without a score by the first scorer
  to_absent int NOT NULL DEFAULT 0,
  adopted_version int,                               -- policy version that adopted the thresholds
  adopted_at timestamptz,
  PRIMARY KEY (site_id, id)
);
CREATE UNIQUE INDEX calibration_running ON calibration (site_id) WHERE ended_at IS NULL;
SELECT isolate_by_site('calibration');

-- Scores of both scorers for the comments of a comparison.
CREATE TABLE calibration_score (
  site_id uuid NOT NULL,
  calibration_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  from_scores jsonb,                                 -- by label; null: none
  to_scores jsonb,
  from_absent text,                                  -- why there are none
  to_absent text,
  PRIMARY KEY (site_id, calibration_id, comment_id),
  FOREIGN KEY (site_id, revision_id) REFERENCES revision (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, calibration_id) REFERENCES calibration (site_id, id) ON DELETE CASCADE
);
CREATE INDEX calibration_score_revision ON calibration_score (site_id, revision_id);
SELECT isolate_by_site('calibration_score');

CREATE FUNCTION purge_suggested_scores(before timestamp with time zone, max_rows integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH expired AS (SELECT id FROM suggested_score WHERE created_at < before ORDER BY created_at LIMIT max_rows),
    deleted AS (DELETE FROM suggested_score WHERE id IN (SELECT id FROM expired) RETURNING 1)
  SELECT count(*)::int FROM deleted
$$;

-- Sites with at least min_decisions new decisions by moderators, or with a model that corrects another version of the
-- shipped one.
CREATE FUNCTION sites_to_train(trained_before timestamp with time zone, min_decisions integer, shipped_version text, max_rows integer) RETURNS TABLE(site_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT s.id FROM site s LEFT JOIN site_model_training t ON t.site_id = s.id
  WHERE (t.trained_at IS NULL OR t.trained_at < trained_before)
    AND NOT EXISTS (SELECT FROM site_import i WHERE i.site_id = s.id AND i.state = 'running')
    AND ((SELECT count(*) FROM (
        SELECT 1 FROM decision d
        WHERE d.site_id = s.id AND d.decided_by = 'moderator' AND (t.through IS NULL OR d.id > t.through)
        LIMIT min_decisions) d) >= min_decisions
      OR EXISTS (SELECT FROM site_model m
                 WHERE m.site_id = s.id AND m.state IN ('active', 'shadow') AND m.model_version <> shipped_version))
  ORDER BY t.trained_at NULLS FIRST LIMIT max_rows
$$;

-- Sites with at least min_picks visible picks or an active picks model, if the picks changed by min_changes since the
-- last training or the model corrects another version of the shipped head.
CREATE FUNCTION picks_models_to_train(trained_before timestamp with time zone, min_picks integer, min_changes integer, shipped_version text, max_rows integer) RETURNS TABLE(site_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT s.id FROM site s
  LEFT JOIN picks_model_training t ON t.site_id = s.id
  LEFT JOIN picks_model m ON m.site_id = s.id AND m.state = 'active'
  CROSS JOIN LATERAL (
    SELECT count(*) AS picks FROM comment c WHERE c.site_id = s.id AND c.picked_at IS NOT NULL AND c.visible) now
  WHERE coalesce(t.enabled, true) AND (t.trained_at IS NULL OR t.trained_at < trained_before)
    AND (now.picks >= min_picks OR m.id IS NOT NULL)
    AND (abs(now.picks - coalesce(t.picks, 0)) >= min_changes OR m.model_version <> shipped_version)
    AND NOT EXISTS (SELECT FROM site_import i WHERE i.site_id = s.id AND i.state = 'running')
  ORDER BY t.trained_at NULLS FIRST LIMIT max_rows
$$;

CREATE FUNCTION purge_embeddings(before timestamp with time zone, max_rows integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (
    DELETE FROM embedding WHERE ctid = ANY (ARRAY(SELECT ctid FROM embedding WHERE created_at < before LIMIT max_rows))
    RETURNING 1)
  SELECT count(*)::int FROM deleted
$$;

CREATE FUNCTION purge_external_verdicts(before timestamp with time zone) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (DELETE FROM external_verdict WHERE created_at < before RETURNING 1)
  SELECT count(*)::int FROM deleted
$$;

CREATE FUNCTION purge_calibrations(before timestamp with time zone) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (DELETE FROM calibration WHERE coalesce(ended_at, ends_at) < before RETURNING 1)
  SELECT count(*)::int FROM deleted
$$;

SELECT audit_table('external_scorer', 'scorer', 'key', 'kind,name,url,options,labels,languages,calls_per_day,calls_per_month,send_context,is_shadow,when_absent,enabled', 'secrets_sealed');
SELECT audit_table('site_model', 'scorer-head', 'id', 'state', events => 'UPDATE OF state');
SELECT audit_table('picks_model', 'picks-model', 'id', 'state', events => 'UPDATE OF state');
SELECT audit_table('calibration', 'calibration', 'id', 'from_scorer,to_scorer,ended_at,adopted_version', events => 'INSERT OR UPDATE OF ended_at, adopted_version');
