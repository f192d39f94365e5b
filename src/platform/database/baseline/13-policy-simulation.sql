-- Replays of past comments under a draft policy.
CREATE TABLE policy_replay (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  draft jsonb NOT NULL,                              -- changes to the policy in effect
  live jsonb NOT NULL,                               -- the policy in effect, complete, so that later changes do not affect the replay
  policy_version int NOT NULL,
  max_comments int NOT NULL CHECK (max_comments > 0), -- number of latest comments to replay
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
  reached uuid,                                      -- last comment processed; the next is older
  seen int NOT NULL DEFAULT 0,
  tally jsonb NOT NULL DEFAULT '{}',                 -- count per 'live/draft/people'
  runs int NOT NULL DEFAULT 0,                       -- how often it has been started or resumed
  actor jsonb,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (site_id, id)
);
SELECT isolate_by_site('policy_replay');

-- Comments that the draft policy would have decided differently.
CREATE TABLE policy_replay_difference (
  site_id uuid NOT NULL,
  replay_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,
  live text NOT NULL CHECK (live IN ('publish', 'hold', 'reject')),
  draft text NOT NULL CHECK (draft IN ('publish', 'hold', 'reject')),
  live_rule text NOT NULL,
  draft_rule text NOT NULL,
  people text CHECK (people IN ('publish', 'refuse')),
  PRIMARY KEY (site_id, replay_id, comment_id),
  FOREIGN KEY (site_id, replay_id) REFERENCES policy_replay (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX policy_replay_difference_of_comment ON policy_replay_difference (site_id, comment_id);
SELECT isolate_by_site('policy_replay_difference');

-- Draft policies that run in shadow mode.
CREATE TABLE policy_shadow (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  draft jsonb NOT NULL,
  actor jsonb,
  since timestamptz NOT NULL
);
SELECT isolate_by_site('policy_shadow');

-- What a policy in shadow mode would have decided.
CREATE TABLE policy_shadow_verdict (
  site_id uuid NOT NULL,
  shadow_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,
  live text NOT NULL,
  draft text NOT NULL,
  draft_rule text NOT NULL,
  PRIMARY KEY (site_id, shadow_id, comment_id, revision),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX policy_shadow_verdict_of_comment ON policy_shadow_verdict (site_id, comment_id);
SELECT isolate_by_site('policy_shadow_verdict');

SELECT audit_table('policy_replay', 'policy-replay', 'id', 'policy_version,wanted', events => 'INSERT');
SELECT audit_table('policy_shadow', 'policy-shadow', 'id', 'draft');
