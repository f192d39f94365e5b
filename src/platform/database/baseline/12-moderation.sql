-- Every decision about a comment: who made it, why, and the status before and after.
CREATE TABLE decision (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,
  action text NOT NULL,
  decided_by text NOT NULL CHECK (decided_by IN ('rule', 'moderator')),
  rule_key text,
  rule_text text,
  moderator_id uuid REFERENCES moderator,
  api_caller text,                                   -- API key that made the decision
  reason text,
  note text,
  from_status text NOT NULL,
  to_status text NOT NULL,
  was_escalated boolean NOT NULL DEFAULT false,      -- this and the next two: the comment's state before the decision, for undo
  was_waiting_since timestamptz,
  was_reason text,
  reverses uuid,                                     -- the decision that this one undoes
  policy_version int NOT NULL,
  created_at timestamptz NOT NULL,
  reason_text text,
  was_reason_text text,
  stored_at timestamptz DEFAULT clock_timestamp(),
  imported_from text,
  imported_by text,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, reverses),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE,
  CHECK ((decided_by = 'rule') = (rule_key IS NOT NULL)),
  CHECK (action IN ('publish', 'hold', 'approve', 'reject', 'remove', 'restore', 'escalate', 'undo'))
);
CREATE INDEX decision_by_id ON decision (id);
CREATE INDEX decision_by_people ON decision (site_id, id) WHERE decided_by = 'moderator';
CREATE INDEX decision_of_comment ON decision (site_id, comment_id, id);
CREATE INDEX decision_recent ON decision (site_id, to_status, id);
CREATE UNIQUE INDEX decision_scored_once ON decision (site_id, comment_id, revision) WHERE (decided_by = 'rule') AND (from_status = 'pending');
SELECT isolate_by_site('decision');

-- Authors' appeals against decisions.
CREATE TABLE appeal (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,
  text text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'upheld', 'overturned')),
  created_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by uuid,                                   -- the decision that closed it
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, comment_id, revision),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX appeal_open ON appeal (site_id, comment_id) WHERE state = 'open';
SELECT isolate_by_site('appeal');

-- Decisions about many comments, applied after a delay during which they can be undone.
CREATE TABLE bulk_decision (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  moderator_id uuid REFERENCES moderator,
  api_caller text,                                   -- API key that made the decision
  action text NOT NULL CHECK (action IN ('approve', 'reject', 'remove', 'restore', 'escalate')),
  reason text,
  note text,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'applying', 'done', 'undone')),
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,                       -- can be undone until this time
  ended_at timestamptz,
  PRIMARY KEY (site_id, id),
  CHECK ((moderator_id IS NULL) <> (api_caller IS NULL))
);
CREATE INDEX bulk_decision_by_id ON bulk_decision (id);
CREATE INDEX bulk_decision_due ON bulk_decision (due_at) WHERE state IN ('waiting', 'applying');
SELECT isolate_by_site('bulk_decision');
CREATE POLICY section_limit ON bulk_decision AS RESTRICTIVE TO postbag_sections
  USING (moderator_id = (((SELECT nullif(current_setting('app.actor', true), '')::jsonb) ->> 'id'))::uuid);

-- The comments of a bulk decision and the result for each.
CREATE TABLE bulk_item (
  site_id uuid NOT NULL,
  bulk_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,                             -- the revision at the time of selection
  outcome text,                                      -- null: not applied yet; otherwise decided, undone, or why it was skipped
  decision_id uuid,
  decision_count int,
  PRIMARY KEY (site_id, bulk_id, comment_id),
  FOREIGN KEY (site_id, bulk_id) REFERENCES bulk_decision (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX bulk_item_of_comment ON bulk_item (site_id, comment_id);
CREATE UNIQUE INDEX bulk_item_to_come ON bulk_item (site_id, comment_id) WHERE outcome IS NULL;
SELECT isolate_by_site('bulk_item');

-- Claims: which moderator has which comment open, and until when. Unlogged: a crash releases them.
CREATE UNLOGGED TABLE queue_claim (
  site_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  moderator_id uuid NOT NULL,
  until timestamptz NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  tabs text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (site_id, comment_id, moderator_id)
);
SELECT isolate_by_site('queue_claim');

-- The moderation queue, one row per waiting comment, in order of priority.
CREATE TABLE queue_entry (
  site_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'flagged', 'appealed', 'escalated')),
  priority float8 NOT NULL,
  waiting_since timestamptz NOT NULL,
  story_id uuid NOT NULL,
  author_id uuid NOT NULL,
  tier text,                                         -- the author's tier when the comment was written
  language text,
  rule text,                                         -- rule of the latest decision
  author_is_new boolean NOT NULL,                    -- few published comments, or known for less than a day
  section text,
  PRIMARY KEY (site_id, comment_id),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
CREATE INDEX queue_entry_by_age ON queue_entry (site_id, state, waiting_since, comment_id);
CREATE INDEX queue_entry_by_priority ON queue_entry (site_id, state, priority, comment_id);
CREATE INDEX queue_entry_by_section ON queue_entry (site_id, state, section);
CREATE INDEX queue_entry_by_story ON queue_entry (site_id, story_id);
ALTER TABLE queue_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON queue_entry TO CURRENT_USER
  USING (true)
  WITH CHECK (true);
CREATE POLICY section_limit ON queue_entry AS RESTRICTIVE TO postbag_sections
  USING (section = ANY ((SELECT nullif(current_setting('app.sections', true), '')::text[])::text[]));
CREATE POLICY site_isolation ON queue_entry TO postbag_app
  USING (site_id = nullif(current_setting('app.site_id', true), '')::uuid)
  WITH CHECK (site_id = nullif(current_setting('app.site_id', true), '')::uuid);

-- Saved filters of the moderation queue.
CREATE TABLE saved_queue (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  sort text NOT NULL,
  filter jsonb NOT NULL DEFAULT '{}',
  target_minutes int CHECK (target_minutes > 0),     -- longest acceptable wait
  moderator_id uuid REFERENCES moderator ON DELETE SET NULL, -- who created it; null: created through the API, or the account was deleted
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, name)
);
CREATE INDEX saved_queue_by_id ON saved_queue (id);
SELECT isolate_by_site('saved_queue');

-- Many new accounts that commented on one story, or posted nearly the same text, in a short time.
CREATE TABLE brigade (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('story', 'text')),
  story_id uuid NOT NULL,                            -- for a text, the story of the comment by which it was noticed
  minutes int NOT NULL,                              -- length of the window in which it was noticed
  started_at timestamptz NOT NULL,                   -- time of the first comment
  last_at timestamptz NOT NULL,                      -- time of the latest comment, to within a few seconds
  dismissed_at timestamptz,                          -- when a moderator dismissed it as a false alarm
  dismissed_until timestamptz,                       -- nothing is held for this story or text until then
  moderator_id uuid REFERENCES moderator,            -- who dismissed it
  api_caller text,                                   -- API key that dismissed it
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE
);
CREATE INDEX brigade_by_id ON brigade (id);
CREATE INDEX brigade_of_story ON brigade (site_id, story_id, id);
CREATE INDEX brigade_recent ON brigade (site_id, last_at) WHERE dismissed_at IS NULL;
SELECT isolate_by_site('brigade');

-- The comments of a brigade, whatever their status is now.
CREATE TABLE brigade_comment (
  site_id uuid NOT NULL,
  brigade_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  PRIMARY KEY (site_id, brigade_id, comment_id),
  FOREIGN KEY (site_id, brigade_id) REFERENCES brigade (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX brigade_of_comment ON brigade_comment (site_id, comment_id);
SELECT isolate_by_site('brigade_comment');

-- Second opinions of moderators about a comment.
CREATE TABLE opinion (
  site_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  revision int NOT NULL,
  moderator_id uuid NOT NULL REFERENCES moderator,
  leaning text NOT NULL CHECK (leaning IN ('approve', 'reject', 'unsure')),
  note text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, comment_id, revision, moderator_id),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX opinion_by_age ON opinion (site_id, created_at);
SELECT isolate_by_site('opinion');

-- Who wrote each comment that staff posted in the name of the publication, because moderators must not decide about
-- their own comments.
CREATE TABLE staff_answer (
  site_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  story_id uuid NOT NULL,
  parent_id uuid,
  moderator_id uuid REFERENCES moderator,
  PRIMARY KEY (site_id, comment_id),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('staff_answer');

-- All sanctions and their ends, with who decided and why.
CREATE TABLE reader_sanction (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  reader_id uuid NOT NULL,
  standing text NOT NULL,
  until timestamptz,
  reason text NOT NULL,
  note text,
  moderator_id uuid REFERENCES moderator,
  api_caller text,
  created_at timestamptz NOT NULL,
  stored_at timestamptz DEFAULT clock_timestamp(),
  imported_from text,
  imported_by text,
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX reader_sanction_of_reader ON reader_sanction (site_id, reader_id, id);
SELECT isolate_by_site('reader_sanction');

-- Adds a comment to the moderation queue with its priority, or removes it. The priority is log2(weight * reach) minus
-- the time of arrival in units of six hours: a comment that arrives six hours later must be twice as important to
-- rank equally. `weight` is the risk, at least 0.1, plus a third per open flag. `reach` grows with the activity on the
-- story and on the comment, and doubles if the comment is visible.
CREATE FUNCTION upsert_queue_entry(p_site_id uuid, p_comment_id uuid) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    INSERT INTO queue_entry AS e (site_id, comment_id, state, priority, waiting_since, story_id, author_id, tier,
      language, rule, author_is_new, section)
    SELECT candidate.site_id, candidate.id, candidate.state,
      -- The importance of every comment doubles every six hours, so the order does not change while comments wait.
      ln(candidate.weight * candidate.reach) / ln(2) - extract(epoch FROM candidate.since) / 21600,
      candidate.since, candidate.story_id, candidate.author_id, candidate.author_tier, candidate.language,
      (SELECT d.rule_key FROM decision d
       WHERE d.site_id = candidate.site_id AND d.comment_id = candidate.id AND d.decided_by = 'rule'
       ORDER BY d.id DESC LIMIT 1),
      candidate.author_is_new, candidate.section
    FROM (
      SELECT c.*, s.section AS section, coalesce(c.waiting_since, c.created_at) AS since,
        greatest(c.risk, 0.1) + c.flag_count / 3.0 AS weight,
        (1 + ln(1 + s.comment_count)) * (1 + ln(1 + c.reply_count + c.reaction_count))
          * CASE WHEN c.visible THEN 2 ELSE 1 END AS reach,
        r.published_count < 3 OR r.created_at > c.created_at - interval '1 day' AS author_is_new,
        CASE
          WHEN c.escalated AND c.status <> 'deleted' THEN 'escalated'
          WHEN c.status = 'held' THEN 'held'
          WHEN c.status = 'published' AND c.flag_count > 0 THEN 'flagged'
          WHEN c.status IN ('rejected', 'removed') AND EXISTS (
            SELECT FROM appeal a WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open') THEN 'appealed'
        END AS state
      FROM comment c
      JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
      JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
      WHERE c.site_id = p_site_id AND c.id = p_comment_id
    ) candidate
    WHERE candidate.state IS NOT NULL
    ON CONFLICT (site_id, comment_id) DO UPDATE SET state = excluded.state, priority = excluded.priority,
      waiting_since = excluded.waiting_since, tier = excluded.tier, language = excluded.language,
      rule = excluded.rule, author_is_new = excluded.author_is_new, section = excluded.section;
    IF NOT FOUND THEN
      DELETE FROM queue_entry WHERE site_id = p_site_id AND comment_id = p_comment_id;
    END IF;
  END
$$;

-- Keeps the queue in step with comments.
CREATE FUNCTION sync_queue_entry_of_comment() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM upsert_queue_entry(NEW.site_id, NEW.id);
    RETURN NULL;
  END
$$;

-- Keeps the rule of a queue entry in step with decisions.
CREATE FUNCTION sync_queue_entry_of_rule() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    UPDATE queue_entry SET rule = NEW.rule_key WHERE site_id = NEW.site_id AND comment_id = NEW.comment_id;
    RETURN NULL;
  END
$$;

-- Keeps the section of queue entries in step with stories.
CREATE FUNCTION sync_queue_entry_of_section() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    UPDATE queue_entry SET section = NEW.section WHERE site_id = NEW.site_id AND story_id = NEW.id;
    RETURN NULL;
  END
$$;

-- Keeps the queue in step with appeals.
CREATE FUNCTION sync_queue_entry_of_appeal() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM upsert_queue_entry(NEW.site_id, NEW.comment_id);
    RETURN NULL;
  END
$$;

CREATE FUNCTION site_of_decision(decision_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM decision WHERE id = decision_id
$$;

CREATE FUNCTION site_of_bulk_decision(bulk_decision_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM bulk_decision WHERE id = bulk_decision_id
$$;

CREATE FUNCTION due_bulk_decisions(due_before timestamp with time zone, max_rows integer) RETURNS TABLE(site_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT b.site_id, b.id FROM bulk_decision b
  WHERE b.state IN ('waiting', 'applying') AND b.due_at <= due_before ORDER BY b.due_at LIMIT max_rows
$$;

CREATE FUNCTION site_of_brigade(brigade_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM brigade WHERE id = brigade_id
$$;

CREATE FUNCTION site_of_saved_queue(saved_queue_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM saved_queue WHERE id = saved_queue_id
$$;

CREATE TRIGGER sync_queue_entry_on_section_change AFTER UPDATE OF section ON story
  FOR EACH ROW
  WHEN (OLD.section IS DISTINCT FROM NEW.section) EXECUTE FUNCTION sync_queue_entry_of_section();
-- Most comments are published or rejected by a rule and never wait for a person, so the trigger skips them.
CREATE TRIGGER sync_queue_entry_on_update AFTER UPDATE OF status, escalated, flag_count, risk, waiting_since ON comment
  FOR EACH ROW
  WHEN ((OLD.status, OLD.escalated, OLD.flag_count, OLD.risk, OLD.waiting_since)
      IS DISTINCT FROM (NEW.status, NEW.escalated, NEW.flag_count, NEW.risk, NEW.waiting_since)
    AND NOT (OLD.status = 'pending' AND NEW.status IN ('pending', 'published', 'rejected')
      AND OLD.flag_count = 0 AND NEW.flag_count = 0 AND NOT OLD.escalated AND NOT NEW.escalated))
  EXECUTE FUNCTION sync_queue_entry_of_comment();
CREATE TRIGGER sync_queue_entry_on_insert AFTER INSERT ON comment
  FOR EACH ROW
  WHEN (NEW.status = 'held' OR NEW.escalated OR NEW.flag_count > 0) EXECUTE FUNCTION sync_queue_entry_of_comment();
CREATE TRIGGER decision_audited AFTER INSERT ON decision
  FOR EACH ROW
  WHEN (NEW.decided_by = 'moderator') EXECUTE FUNCTION audit_decision();
CREATE TRIGGER sync_queue_entry_on_decision AFTER INSERT ON decision
  FOR EACH ROW
  WHEN (NEW.decided_by = 'rule' AND NEW.to_status = 'held') EXECUTE FUNCTION sync_queue_entry_of_rule();
CREATE TRIGGER sync_queue_entry_on_appeal AFTER INSERT OR UPDATE OF state ON appeal
  FOR EACH ROW EXECUTE FUNCTION sync_queue_entry_of_appeal();
SELECT audit_table('bulk_decision', 'bulk-decision', 'id', 'action,reason,state');
SELECT audit_table('brigade', 'brigade', 'id', 'dismissed_at,dismissed_until', events => 'UPDATE OF dismissed_at');
SELECT audit_table('saved_queue', 'saved-queue', 'id', 'name,state,sort,filter,target_minutes');
SELECT audit_table('opinion', 'opinion', 'comment_id', 'revision,leaning', events => 'INSERT OR UPDATE OF leaning');
SELECT audit_table('staff_answer', 'staff-answer', 'comment_id', 'story_id,parent_id', events => 'INSERT');
CREATE TRIGGER reader_sanction_audited AFTER INSERT ON reader_sanction
  FOR EACH ROW EXECUTE FUNCTION audit_reader_sanction();
