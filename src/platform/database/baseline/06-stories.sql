-- An article with a comment section. A trigger in 12-moderation.sql updates the moderation queue if its section
-- changes.
CREATE TABLE story (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  key text NOT NULL,
  url text NOT NULL,
  title text NOT NULL,
  section text,
  published_at timestamptz,
  topics jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  policy jsonb,
  comment_count int NOT NULL DEFAULT 0 CHECK (comment_count >= 0),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  search_vector tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('simple'::regconfig, title), 'A'::"char") || setweight(jsonb_to_tsvector('simple'::regconfig, topics, '["string"]'::jsonb), 'B'::"char")) || setweight(to_tsvector('simple'::regconfig, coalesce(section, '')), 'C'::"char"))) STORED,
  closes_at timestamptz,
  exempt_from_auto_close boolean NOT NULL DEFAULT false,
  title_source text NOT NULL DEFAULT 'publisher' CHECK (title_source IN ('path', 'page', 'publisher')),
  title_hint text,                                   -- title that a visitor's page sent; only the publisher sees it
  title_read_at timestamptz,                         -- when the title was read from the page
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, key)
);
CREATE INDEX story_ageing ON story (site_id, coalesce(published_at, created_at)) WHERE (state = 'open') AND (closes_at IS NULL) AND (NOT exempt_from_auto_close);
CREATE INDEX story_by_id ON story (id);
CREATE INDEX story_by_url ON story (site_id, md5(url));
CREATE INDEX story_closing ON story (closes_at) WHERE (closes_at IS NOT NULL) AND (state = 'open');
CREATE INDEX story_section ON story (site_id, section) WHERE section IS NOT NULL;
CREATE INDEX story_title_due ON story (created_at) WHERE (title_source = 'path') AND (title_read_at IS NULL);
CREATE INDEX story_search_vector ON story USING gin (search_vector);
SELECT isolate_by_site('story');
CREATE POLICY section_limit ON story AS RESTRICTIVE TO postbag_sections
  USING (section = ANY ((SELECT nullif(current_setting('app.sections', true), '')::text[])::text[]));

-- People, places and subjects that stories are about.
CREATE TABLE topic (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  type text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  url text,                                          -- the publisher's page about it
  facts jsonb NOT NULL DEFAULT '[]',                 -- [{label, value}], in the publisher's words
  PRIMARY KEY (site_id, type, key)
);
SELECT isolate_by_site('topic');

-- Which topics each story is about.
CREATE TABLE story_topic (
  site_id uuid NOT NULL,
  story_id uuid NOT NULL,
  type text NOT NULL,
  key text NOT NULL,
  PRIMARY KEY (site_id, type, key, story_id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, type, key) REFERENCES topic (site_id, type, key) ON DELETE CASCADE
);
CREATE INDEX story_topic_of_story ON story_topic (site_id, story_id);
SELECT isolate_by_site('story_topic');

-- Stories on which every comment is held and only certain moderators decide.
CREATE TABLE strict_story (
  site_id uuid NOT NULL,
  story_id uuid NOT NULL,
  moderators uuid[] NOT NULL,                        -- only these may decide; empty: every moderator of the site
  ends_at timestamptz,                               -- when it ends automatically; null: until somebody ends it
  reason text NOT NULL,
  moderator_id uuid REFERENCES moderator,
  api_caller text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, story_id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('strict_story');

-- Email addresses of a story's authors, who are notified of new comments.
CREATE TABLE story_author (
  site_id uuid NOT NULL,
  story_id uuid NOT NULL,
  address text NOT NULL,                             -- lower case
  PRIMARY KEY (site_id, story_id, address),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('story_author');

-- Keeps story_topic in step with story.topics.
CREATE FUNCTION sync_story_topics() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    DELETE FROM story_topic t WHERE t.site_id = NEW.site_id AND t.story_id = NEW.id;
    IF NEW.topics = '[]' THEN RETURN NULL; END IF;
    INSERT INTO topic AS existing (site_id, type, key, name)
      SELECT DISTINCT ON (t.type, t.key) NEW.site_id, t.type, t.key, t.name
      FROM jsonb_to_recordset(NEW.topics) AS t (type text, key text, name text)
      ORDER BY t.type, t.key
      ON CONFLICT (site_id, type, key) DO UPDATE SET name = excluded.name
      WHERE existing.name <> excluded.name;
    INSERT INTO story_topic (site_id, story_id, type, key)
      SELECT DISTINCT NEW.site_id, NEW.id, t.type, t.key
      FROM jsonb_to_recordset(NEW.topics) AS t (type text, key text);
    RETURN NULL;
  END
$$;

-- When an open story closes: at its own closing time, or because of its age if the site's policy closes old stories.
CREATE FUNCTION story_closes_at(s story) RETURNS timestamp with time zone
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN s.state <> 'open' THEN NULL WHEN s.closes_at IS NOT NULL THEN s.closes_at WHEN s.exempt_from_auto_close THEN NULL
    ELSE (SELECT coalesce(s.published_at, s.created_at)
            + make_interval(days => nullif((t.policy ->> 'closeStoriesAfterDays')::int, 0))
          FROM site t WHERE t.id = s.site_id) END
$$;

CREATE FUNCTION site_of_story(story_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM story WHERE id = story_id
$$;

-- Open stories that must close by this time: at their own closing time, or because the site closes stories of their
-- age.
CREATE FUNCTION due_story_closings(due_before timestamp with time zone, max_rows integer) RETURNS TABLE(site_id uuid, story_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  (SELECT s.site_id, s.id FROM story s
   WHERE s.closes_at <= due_before AND s.state = 'open' ORDER BY s.closes_at LIMIT max_rows)
  UNION ALL
  (SELECT s.site_id, s.id FROM site t CROSS JOIN LATERAL (
     SELECT a.site_id, a.id FROM story a
     WHERE a.site_id = t.id AND a.state = 'open' AND a.closes_at IS NULL AND NOT a.exempt_from_auto_close
       AND coalesce(a.published_at, a.created_at)
         <= due_before - make_interval(days => (t.policy ->> 'closeStoriesAfterDays')::int)
     ORDER BY coalesce(a.published_at, a.created_at) LIMIT max_rows) s
   WHERE (t.policy ->> 'closeStoriesAfterDays')::int > 0)
  LIMIT max_rows
$$;

-- Stories whose title must still be read from their page, newest first.
CREATE FUNCTION due_story_titles(max_per_site integer, max_rows integer) RETURNS TABLE(site_id uuid, story_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT d.site_id, d.id FROM (
    SELECT s.site_id, s.id, s.created_at, row_number() OVER (PARTITION BY s.site_id ORDER BY s.created_at DESC) AS rank
    FROM story s WHERE s.title_source = 'path' AND s.title_read_at IS NULL
  ) d WHERE d.rank <= max_per_site ORDER BY d.created_at DESC LIMIT max_rows
$$;

SELECT audit_table('story', 'story', 'id', 'state,policy,closes_at,exempt_from_auto_close', events => 'UPDATE OF state, policy, closes_at, exempt_from_auto_close');
CREATE TRIGGER story_topics_changed AFTER UPDATE OF topics ON story
  FOR EACH ROW
  WHEN (NEW.topics <> OLD.topics) EXECUTE FUNCTION sync_story_topics();
CREATE TRIGGER story_topics_inserted AFTER INSERT ON story
  FOR EACH ROW
  WHEN (NEW.topics <> '[]'::jsonb) EXECUTE FUNCTION sync_story_topics();
SELECT audit_table('strict_story', 'strict-story', 'story_id', 'moderators,ends_at,reason');
SELECT audit_table('story_author', 'story-author', 'story_id', '', events => 'INSERT OR DELETE');
