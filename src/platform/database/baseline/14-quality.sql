-- How many decisions of a site are drawn for review each week.
CREATE TABLE sampling (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  published int NOT NULL CHECK ((published >= 0) AND (published <= 500)), -- per week
  rejected int NOT NULL CHECK ((rejected >= 0) AND (rejected <= 500)),
  twice_percent int NOT NULL CHECK ((twice_percent >= 0) AND (twice_percent <= 100)) -- percentage of these that two people review
);
SELECT isolate_by_site('sampling');

-- Draws of decisions for blind review.
CREATE TABLE sample_draw (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz NOT NULL,
  is_weekly boolean NOT NULL,
  published_of int,                                  -- number of decisions in the population; null: not drawn yet
  published int,
  rejected_of int,
  rejected int,
  created_at timestamptz NOT NULL,
  done_at timestamptz,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, since),
  CHECK (since < until)
);
SELECT isolate_by_site('sample_draw');

-- Decisions drawn for blind review.
CREATE TABLE sample (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  draw_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('publish', 'reject')),
  rule_key text NOT NULL,
  scores jsonb NOT NULL,                             -- by label, at the time of the decision
  required_reviews int NOT NULL CHECK (required_reviews = ANY (ARRAY[1, 2])), -- number of people who review it
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, decision_id),
  FOREIGN KEY (site_id, draw_id) REFERENCES sample_draw (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX sample_by_age ON sample (site_id, created_at, id);
CREATE INDEX sample_of_comment ON sample (site_id, comment_id);
CREATE INDEX sample_of_draw ON sample (site_id, draw_id);
SELECT isolate_by_site('sample');

-- Reviewers' verdicts on sampled decisions.
CREATE TABLE sample_review (
  site_id uuid NOT NULL,
  sample_id uuid NOT NULL,
  moderator_id uuid NOT NULL REFERENCES moderator,
  answer text NOT NULL CHECK (answer IN ('publish', 'refuse', 'unsure')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, sample_id, moderator_id),
  FOREIGN KEY (site_id, sample_id) REFERENCES sample (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('sample_review');

-- Decisions per hour and rule.
CREATE TABLE decision_hour (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  hour timestamptz NOT NULL,
  rule_key text NOT NULL,                            -- 'people': decisions of moderators
  published int NOT NULL,                            -- texts that the rule published; held and rejected likewise
  held int NOT NULL,
  rejected int NOT NULL,
  held_published int NOT NULL,                       -- texts that the rule had held and people published in this hour; held_refused likewise
  held_refused int NOT NULL,
  appeals_upheld int NOT NULL,                       -- appeals decided in this hour
  appeals_overturned int NOT NULL,
  PRIMARY KEY (site_id, hour, rule_key)
);
SELECT isolate_by_site('decision_hour');

-- Texts that a rule held and people decided, per hour, label and score bin.
CREATE TABLE human_decision_hour (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  label text NOT NULL,
  hour timestamptz NOT NULL,
  bin smallint NOT NULL,                             -- b: scores from b/50 up to (b+1)/50
  published int NOT NULL,
  refused int NOT NULL,
  PRIMARY KEY (site_id, label, hour, bin)
);
CREATE INDEX human_decision_hour_by_time ON human_decision_hour (site_id, hour);
SELECT isolate_by_site('human_decision_hour');

-- How long comments waited for a person, per hour of the decision.
CREATE TABLE waiting_hour (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  hour timestamptz NOT NULL,
  bucket smallint NOT NULL,                          -- b: more than 2^((b-1)/4) and up to 2^(b/4) seconds
  decisions int NOT NULL,
  PRIMARY KEY (site_id, hour, bucket)
);
SELECT isolate_by_site('waiting_hour');

-- Progress of a site's hourly statistics.
CREATE TABLE roll_up (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  reached uuid NOT NULL,                             -- last decision that was counted
  rolled_at timestamptz NOT NULL,
  took_ms int NOT NULL DEFAULT 0
);
SELECT isolate_by_site('roll_up');

-- Recomputes the statistics of one hour of a site from its decisions.
CREATE FUNCTION roll_up_hour(p_site_id uuid, p_hour timestamp with time zone) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  DECLARE
    first_id uuid := first_id_at(p_hour);
    end_id uuid := first_id_at(p_hour + interval '1 hour');
  BEGIN
    DELETE FROM decision_hour h WHERE h.site_id = p_site_id AND h.hour = p_hour;
    DELETE FROM waiting_hour h WHERE h.site_id = p_site_id AND h.hour = p_hour;
    DELETE FROM human_decision_hour h WHERE h.site_id = p_site_id AND h.hour = p_hour;

    -- Undone decisions are not counted.
    INSERT INTO decision_hour (site_id, hour, rule_key, published, held, rejected, held_published, held_refused,
      appeals_upheld, appeals_overturned)
    SELECT p_site_id, p_hour, counted.rule, sum(counted.published), sum(counted.held), sum(counted.rejected),
      sum(counted.held_published), sum(counted.held_refused), sum(counted.upheld), sum(counted.overturned)
    FROM (
      SELECT d.rule_key AS rule, (d.action = 'publish')::int AS published, (d.action = 'hold')::int AS held,
        (d.action = 'reject')::int AS rejected, 0 AS held_published, 0 AS held_refused, 0 AS upheld, 0 AS overturned
      FROM decision d
      WHERE d.site_id = p_site_id AND d.id >= first_id AND d.id < end_id AND d.decided_by = 'rule'
        AND d.from_status = 'pending'
      UNION ALL
      SELECT r.rule_key, 0, 0, 0, (d.action = 'approve')::int, (d.action <> 'approve')::int, 0, 0
      FROM decision d
      CROSS JOIN LATERAL (
        SELECT r.rule_key FROM decision r
        WHERE r.site_id = d.site_id AND r.comment_id = d.comment_id AND r.revision = d.revision
          AND r.decided_by = 'rule' AND r.action = 'hold' AND r.id < d.id
        ORDER BY r.id DESC LIMIT 1) r
      WHERE d.site_id = p_site_id AND d.id >= first_id AND d.id < end_id AND d.decided_by = 'moderator'
        AND d.from_status = 'held' AND d.action IN ('approve', 'reject')
        AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
      UNION ALL
      SELECT coalesce(r.rule_key, 'people'), 0, 0, 0, 0, 0, (a.state = 'upheld')::int, (a.state = 'overturned')::int
      FROM decision d
      JOIN appeal a ON a.site_id = d.site_id AND a.comment_id = d.comment_id AND a.revision = d.revision
        AND a.decided_by = d.id
      CROSS JOIN LATERAL (
        SELECT r.rule_key FROM decision r
        WHERE r.site_id = d.site_id AND r.comment_id = d.comment_id AND r.revision = d.revision
          AND r.action IN ('reject', 'remove') AND r.id < d.id
          AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = r.site_id AND u.reverses = r.id)
        ORDER BY r.id DESC LIMIT 1) r
      WHERE d.site_id = p_site_id AND d.id >= first_id AND d.id < end_id AND d.decided_by = 'moderator'
    ) counted
    GROUP BY counted.rule;

    INSERT INTO waiting_hour (site_id, hour, bucket, decisions)
    SELECT p_site_id, p_hour,
      least(120, ceil(4 * log(2, greatest(1, extract(epoch FROM d.created_at - d.was_waiting_since))))), count(*)
    FROM decision d
    WHERE d.site_id = p_site_id AND d.id >= first_id AND d.id < end_id AND d.decided_by = 'moderator'
      AND d.action IN ('approve', 'reject', 'remove', 'restore') AND d.was_waiting_since IS NOT NULL
      AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
    GROUP BY 3;

    INSERT INTO human_decision_hour (site_id, label, hour, bin, published, refused)
    SELECT p_site_id, k.label, p_hour, least(49, floor(k.value * 50)), count(*) FILTER (WHERE d.action = 'approve'),
      count(*) FILTER (WHERE d.action = 'reject')
    FROM decision d
    JOIN revision v ON v.site_id = d.site_id AND v.comment_id = d.comment_id AND v.number = d.revision
    JOIN score k ON k.site_id = v.site_id AND k.revision_id = v.id
    WHERE d.site_id = p_site_id AND d.id >= first_id AND d.id < end_id AND d.decided_by = 'moderator'
      AND d.from_status = 'held' AND d.action IN ('approve', 'reject')
      AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
      -- Only texts that the rule itself held. Texts held because of flags are excluded: they do not show how the score
      -- decides.
      AND EXISTS (SELECT FROM decision r WHERE r.site_id = d.site_id AND r.comment_id = d.comment_id
        AND r.revision = d.revision AND r.decided_by = 'rule' AND r.from_status = 'pending' AND r.action = 'hold')
    GROUP BY 2, 4;
  END
$$;

-- Sites with new decisions. A site whose statistics take long is rolled up less often.
CREATE FUNCTION sites_to_roll_up(at timestamp with time zone, max_rows integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT s.id FROM site s LEFT JOIN roll_up r ON r.site_id = s.id
  WHERE EXISTS (SELECT FROM decision d WHERE d.site_id = s.id
    AND d.id > coalesce(r.reached, '00000000-0000-0000-0000-000000000000'))
    AND (r.rolled_at IS NULL OR r.rolled_at + least(r.took_ms * 20, 600000) * interval '1 millisecond' <= at)
  ORDER BY r.rolled_at NULLS FIRST, s.id LIMIT max_rows
$$;

-- Sites that have decisions but no draw for the week that ended at week_end; before_id is the first id after that week.
CREATE FUNCTION sites_to_sample(week_end timestamp with time zone, before_id uuid, max_rows integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT s.id FROM site s
  WHERE s.created_at < week_end
    AND NOT EXISTS (SELECT FROM sample_draw w WHERE w.site_id = s.id AND w.until >= week_end)
    AND EXISTS (SELECT FROM decision d WHERE d.site_id = s.id AND d.id < before_id)
  ORDER BY s.id LIMIT max_rows
$$;

SELECT audit_table('sampling', 'sampling', 'site_id', 'published,rejected,twice_percent');
CREATE TRIGGER audited AFTER INSERT ON sample_draw
  FOR EACH ROW
  WHEN (NOT NEW.is_weekly) EXECUTE FUNCTION audit_row('sample-draw', 'id', 'since,until', '');
SELECT audit_table('sample_review', 'sample-review', 'sample_id', 'answer', events => 'INSERT');
