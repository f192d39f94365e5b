-- Readers' notifications.
CREATE TABLE notification (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  reader_id uuid NOT NULL,
  kind text NOT NULL,
  comment_id uuid,                                   -- the reply, the comment with the mention, or the reader's own comment
  outcome text,                                      -- of a decision: the new status; of an appeal: upheld or overturned
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  story_id uuid,                                     -- only for the kinds story, topic and new-story
  topic_type text,
  topic_key text,
  emailed_at timestamptz,                            -- when an email about it was sent
  text text,                                         -- of a message or a sanction
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE,
  CONSTRAINT notification_about CHECK ((kind IN ('new-story', 'message', 'standing') = (comment_id IS NULL)) AND (kind IN ('topic', 'new-story') = (topic_key IS NOT NULL)) AND (kind IN ('story', 'topic', 'new-story') = (story_id IS NOT NULL)) AND (kind IN ('message', 'standing') = (text IS NOT NULL))),
  CHECK (kind IN ('reply', 'mention', 'decision', 'appeal', 'story', 'topic', 'new-story', 'message', 'standing'))
);
CREATE INDEX notification_age ON notification (created_at);
CREATE UNIQUE INDEX notification_new_story_once ON notification (site_id, story_id, reader_id) WHERE kind = 'new-story';
CREATE INDEX notification_of_reader ON notification (site_id, reader_id, id);
CREATE UNIQUE INDEX notification_once ON notification (site_id, comment_id, reader_id) WHERE kind IN ('reply', 'mention');
CREATE UNIQUE INDEX notification_story_once ON notification (site_id, reader_id, comment_id) WHERE kind IN ('story', 'topic');
CREATE UNIQUE INDEX notification_story_unread ON notification (site_id, reader_id, story_id) WHERE (kind = 'story') AND (read_at IS NULL);
CREATE UNIQUE INDEX notification_topic_unread ON notification (site_id, reader_id, topic_type, topic_key) WHERE (kind = 'topic') AND (read_at IS NULL);
CREATE INDEX notification_unread ON notification (site_id, reader_id) WHERE read_at IS NULL;
SELECT isolate_by_site('notification');

-- Notification settings of the readers who changed the defaults.
CREATE TABLE notification_settings (
  site_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  replies boolean NOT NULL,
  mentions boolean NOT NULL,
  decisions boolean NOT NULL,
  following boolean NOT NULL DEFAULT true,
  PRIMARY KEY (site_id, reader_id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('notification_settings');

-- Where and how often readers want notifications by email.
CREATE TABLE reader_email (
  site_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  address text NOT NULL,
  confirmed_at timestamptz,                          -- null: not confirmed, so only the confirmation email is sent
  delivery text NOT NULL CHECK (delivery IN ('instant', 'daily', 'weekly')),
  next_digest_at timestamptz,                        -- null for instant emails and until the address is confirmed
  language text NOT NULL DEFAULT 'en',
  PRIMARY KEY (site_id, reader_id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX reader_email_digest ON reader_email (next_digest_at) WHERE next_digest_at IS NOT NULL;
SELECT isolate_by_site('reader_email');

-- Comments that a story's authors are emailed about; stored for a while so that none is announced twice.
CREATE TABLE author_email_comment (
  site_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  story_id uuid NOT NULL,
  emailed_at timestamptz,                            -- null: not emailed yet
  PRIMARY KEY (site_id, comment_id),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX author_email_comment_age ON author_email_comment (emailed_at) WHERE emailed_at IS NOT NULL;
CREATE INDEX author_email_comment_unsent ON author_email_comment (site_id, story_id) WHERE emailed_at IS NULL;
SELECT isolate_by_site('author_email_comment');

-- When the next email to a story's authors is due, and when the first and the last one were sent.
CREATE TABLE author_email_schedule (
  site_id uuid NOT NULL,
  story_id uuid NOT NULL,
  due_at timestamptz,                                -- null: nothing new
  first_at timestamptz,                              -- the first email
  last_at timestamptz,
  PRIMARY KEY (site_id, story_id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE
);
CREATE INDEX author_email_schedule_due ON author_email_schedule (due_at) WHERE due_at IS NOT NULL;
SELECT isolate_by_site('author_email_schedule');

-- Authors who unsubscribed from emails about their stories, on all stories of the site.
CREATE TABLE author_email_opt_out (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  address text NOT NULL,
  PRIMARY KEY (site_id, address)
);
SELECT isolate_by_site('author_email_opt_out');

CREATE FUNCTION due_digests(due_before timestamp with time zone, max_rows integer) RETURNS TABLE(site_id uuid, reader_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT m.site_id, m.reader_id FROM reader_email m
  WHERE m.next_digest_at <= due_before ORDER BY m.next_digest_at LIMIT max_rows
$$;

CREATE FUNCTION due_author_emails(due_before timestamp with time zone, max_rows integer) RETURNS TABLE(site_id uuid, story_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT l.site_id, l.story_id FROM author_email_schedule l
  WHERE l.due_at <= due_before ORDER BY l.due_at LIMIT max_rows
$$;

CREATE FUNCTION purge_notifications(created_before timestamp with time zone, max_rows integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (
    DELETE FROM notification n USING (
      SELECT o.site_id, o.id FROM notification o WHERE o.created_at < created_before LIMIT max_rows
    ) expired WHERE n.site_id = expired.site_id AND n.id = expired.id
    RETURNING 1
  )
  SELECT count(*)::int FROM deleted
$$;

CREATE FUNCTION purge_author_email_comments(emailed_before timestamp with time zone, max_rows integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH deleted AS (
    DELETE FROM author_email_comment n USING (
      SELECT o.site_id, o.comment_id FROM author_email_comment o WHERE o.emailed_at < emailed_before LIMIT max_rows
    ) expired WHERE n.site_id = expired.site_id AND n.comment_id = expired.comment_id
    RETURNING 1
  )
  SELECT count(*)::int FROM deleted
$$;
