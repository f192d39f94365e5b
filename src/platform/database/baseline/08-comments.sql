-- A comment: its story and thread, its author, its status and its counters. The triggers sync_queue_entry_on_insert and
-- sync_queue_entry_on_update, which update the moderation queue, are in 12-moderation.sql.
CREATE TABLE comment (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  story_id uuid NOT NULL,
  parent_id uuid,
  root_id uuid,                                      -- top-level comment of its thread; null for a top-level comment
  author_id uuid NOT NULL,
  author_tier text,                                  -- effective tier when it was written
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'published', 'held', 'rejected', 'removed', 'deleted')),
  revision int NOT NULL DEFAULT 1,
  visible boolean NOT NULL DEFAULT false,            -- whether everyone sees it, with the text of shown_revision
  shown_revision int,                                -- the text that others see or last saw; null: never visible
  reply_count int NOT NULL DEFAULT 0 CHECK (reply_count >= 0), -- visible replies at any depth
  reactions jsonb NOT NULL DEFAULT '{}',
  reaction_count int NOT NULL DEFAULT 0,
  flag_count int NOT NULL DEFAULT 0,                 -- open flags
  escalated boolean NOT NULL DEFAULT false,
  risk real NOT NULL DEFAULT 0,                      -- largest ratio of a score to its threshold; one factor of queue_entry.priority
  quality real,                                      -- by the shipped quality head or the site's picks model; null: not scored
  shipped_quality real,                              -- by the shipped head; null unless quality is by the site's picks model
  waiting_since timestamptz,                         -- since when it has been waiting for a moderator
  created_at timestamptz NOT NULL,
  reason text,                                       -- of a rejection or removal: a code from the site's list of reasons
  pending_since timestamptz,                         -- when it last became pending; null in other states
  published_at timestamptz,
  picked_at timestamptz,                             -- when editors picked it
  pinned_at timestamptz,                             -- when it was pinned to the top
  language text,
  page_language text,                                -- of the page it was written on, ISO 639-1; null: unknown
  reason_text text,                                  -- the text that its author was shown with the decision
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, author_id) REFERENCES reader (site_id, id),
  FOREIGN KEY (site_id, parent_id) REFERENCES comment (site_id, id)
);
CREATE INDEX comment_by_author ON comment (site_id, author_id, id);
CREATE INDEX comment_by_id ON comment (id);
CREATE INDEX comment_by_story ON comment (site_id, story_id, id);
CREATE INDEX comment_children ON comment (site_id, parent_id, id);
CREATE INDEX comment_pending ON comment (pending_since) WHERE status = 'pending';
CREATE INDEX comment_picked ON comment (site_id, story_id, picked_at, id) WHERE (picked_at IS NOT NULL) AND visible;
CREATE UNIQUE INDEX comment_pinned ON comment (site_id, story_id) WHERE pinned_at IS NOT NULL;
-- The two comment_queue_ indexes serve the lists of decided comments, which have no queue_entry.
CREATE INDEX comment_queue_published ON comment (site_id, id) WHERE status = 'published';
CREATE INDEX comment_queue_refused ON comment (site_id, id) WHERE status IN ('rejected', 'removed');
CREATE INDEX comment_replies ON comment (site_id, root_id, id) WHERE visible OR (reply_count > 0);
CREATE INDEX comment_thread_by_best ON comment (site_id, story_id,
  (round(1442.695 * ln((1 + greatest(reaction_count, 0))::float8) + 1000 * coalesce(quality, 0.5::real))::int), id)
  WHERE (parent_id IS NULL) AND (visible OR (reply_count > 0));
CREATE INDEX comment_thread_by_id ON comment (site_id, story_id, id) WHERE (parent_id IS NULL) AND (visible OR (reply_count > 0));
CREATE INDEX comment_thread_by_reactions ON comment (site_id, story_id, reaction_count, id) WHERE (parent_id IS NULL) AND (visible OR (reply_count > 0));
CREATE INDEX comment_thread_by_replies ON comment (site_id, story_id, reply_count, id) WHERE (parent_id IS NULL) AND (visible OR (reply_count > 0));
CREATE INDEX comment_unseen_by_author ON comment (site_id, story_id, author_id, id) WHERE status IN ('pending', 'held', 'rejected', 'removed');
SELECT isolate_by_site('comment');

-- The texts of a comment: the original and one for each edit.
CREATE TABLE revision (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  comment_id uuid NOT NULL,
  number int NOT NULL CHECK (number >= 1),
  body text NOT NULL,
  html text NOT NULL,
  fingerprint text NOT NULL,                         -- of the normalised text, to find repeats
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, comment_id, number),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
CREATE INDEX revision_fingerprint ON revision (site_id, fingerprint, created_at);
CREATE INDEX revision_words ON revision USING gin (to_tsvector('simple'::regconfig, body));
SELECT isolate_by_site('revision');

-- New comments per minute and story; kept for two days.
CREATE TABLE comment_minute (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  minute timestamptz NOT NULL,
  story_id uuid NOT NULL,
  comments int NOT NULL,
  PRIMARY KEY (site_id, minute, story_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX comment_minute_of_story ON comment_minute (site_id, story_id, minute) INCLUDE (comments);
SELECT isolate_by_site('comment_minute');

-- Stores a comment, its text and its event in one round trip, provided that the facts used by the gate are unchanged.
-- Sets the site of the transaction. A null `refusal` means that the comment was stored.
CREATE FUNCTION store_comment(p_site_id uuid, expected jsonb, p_author_key text, p_author_id uuid, p_tier text, p_id uuid, p_story_id uuid, p_parent_id uuid, p_at timestamp with time zone, p_revision_id uuid, p_body text, p_html text, p_fingerprint text, event jsonb, OUT refusal text, OUT facts jsonb) RETURNS record
LANGUAGE plpgsql AS $$
  DECLARE
    parent comment%ROWTYPE;
  BEGIN
    PERFORM set_config('app.site_id', p_site_id::text, true);
    IF expected IS NOT NULL THEN
      facts := reader_gate_facts(p_site_id, p_author_key, p_author_id);
      IF facts IS DISTINCT FROM expected THEN
        refusal := 'facts-changed';
        RETURN;
      END IF;
      facts := NULL;
    END IF;
    IF p_parent_id IS NOT NULL THEN
      SELECT * INTO parent FROM comment p
      WHERE p.site_id = p_site_id AND p.id = p_parent_id AND p.story_id = p_story_id FOR KEY SHARE;
      IF parent.visible IS NOT TRUE THEN
        refusal := CASE WHEN parent.reply_count > 0 OR parent.author_id = p_author_id
          THEN 'parent-not-published' ELSE 'parent-not-found' END;
        RETURN;
      END IF;
    END IF;
    INSERT INTO comment (site_id, id, story_id, parent_id, root_id, author_id, author_tier, created_at, pending_since, page_language)
    VALUES (p_site_id, p_id, p_story_id, p_parent_id, coalesce(parent.root_id, parent.id), p_author_id, p_tier, p_at, p_at, event ->> 'pageLanguage');
    INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
    VALUES (p_site_id, p_revision_id, p_id, 1, p_body, p_html, p_fingerprint, p_at);
    INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
    VALUES (p_site_id, 'comment.submitted', 'comment:' || p_id, event, p_at);
  END
$$;

CREATE FUNCTION site_of_comment(comment_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM comment WHERE id = comment_id
$$;

-- The smallest id among the site's max_rows newest comments that are published, or, for any list but `published`, that
-- are rejected or removed. The zero UUID if there are fewer.
CREATE FUNCTION oldest_among_latest(list text, max_rows integer) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    site uuid := nullif(current_setting('app.site_id', true), '')::uuid;
    oldest uuid;
  BEGIN
    IF list = 'published' THEN
      SELECT c.id INTO oldest FROM comment c WHERE c.site_id = site AND c.status = 'published'
      ORDER BY c.id DESC OFFSET max_rows - 1 LIMIT 1;
    ELSE
      SELECT c.id INTO oldest FROM comment c WHERE c.site_id = site AND c.status IN ('rejected', 'removed')
      ORDER BY c.id DESC OFFSET max_rows - 1 LIMIT 1;
    END IF;
    RETURN coalesce(oldest, '00000000-0000-0000-0000-000000000000');
  END
$$;

-- Finds comments by words and other conditions, newest first. If a condition has no index, only a window of the newest
-- comments is examined. If the window contains fewer than max_rows matches, a last row with is_end_of_window has the id
-- from which the caller can continue (`before`).
CREATE FUNCTION search_comments(words text, author uuid, story uuid, states text[], rule text, label text, low double precision, high double precision, since uuid, until uuid, before uuid, max_rows integer) RETURNS TABLE(comment_id uuid, is_end_of_window boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    site uuid := nullif(current_setting('app.site_id', true), '')::uuid;
    query tsquery := nullif(words, '')::tsquery;
    max_word_matches constant int := 3000;
    matching_ids uuid[];
    newest_ids uuid[];
    window_rows int := 10000;
    conditions text := '';
    window_end uuid;
    rows_seen int;
    returned_rows int := 0;
  BEGIN
    IF states IS NOT NULL THEN conditions := conditions || ' AND c.status = ANY ($3)'; END IF;
    IF rule IS NOT NULL THEN
      conditions := conditions || ' AND (SELECT d.rule_key FROM decision d WHERE d.site_id = c.site_id
        AND d.comment_id = c.id AND d.decided_by = ''rule'' ORDER BY d.id DESC LIMIT 1) = $4';
    END IF;
    IF label IS NOT NULL THEN
      conditions := conditions || ' AND EXISTS (SELECT FROM revision v JOIN score k ON k.site_id = v.site_id
        AND k.revision_id = v.id AND k.label = $5 AND k.value BETWEEN $6 AND $7
        WHERE v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision)';
    END IF;
    IF author IS NOT NULL THEN conditions := conditions || ' AND c.author_id = $8'; END IF;
    IF story IS NOT NULL THEN conditions := conditions || ' AND c.story_id = $9'; END IF;
    IF nullif(current_setting('app.sections', true), '') IS NOT NULL THEN
      conditions := conditions || ' AND EXISTS (SELECT FROM story s WHERE s.site_id = c.site_id AND s.id = c.story_id
        AND s.section = ANY (current_setting(''app.sections'')::text[]))';
    END IF;

    IF query IS NOT NULL THEN
      -- If many comments contain the words, the newest comments already include enough matches; counting all of them
      -- would take longer.
      EXECUTE 'SELECT array_agg(recent.id) FROM (SELECT c.id FROM (SELECT c.* FROM comment c
          WHERE c.site_id = $1 AND ($10::uuid IS NULL OR c.id >= $10) AND ($11::uuid IS NULL OR c.id < $11)
            AND ($12::uuid IS NULL OR c.id < $12) ORDER BY c.id DESC LIMIT 500) c
        WHERE EXISTS (SELECT FROM revision v WHERE v.site_id = c.site_id AND v.comment_id = c.id
          AND v.number = c.revision AND to_tsvector(''simple'', v.body) @@ $14)' || conditions ||
        ' ORDER BY c.id DESC LIMIT $13) recent'
        INTO newest_ids
        USING site, matching_ids, states, rule, label, low, high, author, story, since, until, before, max_rows, query;
      IF cardinality(newest_ids) = max_rows THEN
        RETURN QUERY SELECT n, false FROM unnest(newest_ids) n;
        RETURN;
      END IF;
      SELECT array_agg(r.comment_id), count(*) INTO matching_ids, rows_seen FROM (
        SELECT v.comment_id FROM revision v
        WHERE v.site_id = site AND to_tsvector('simple', v.body) @@ query LIMIT max_word_matches + 1) r;
      IF rows_seen <= max_word_matches THEN
        RETURN QUERY EXECUTE 'SELECT c.id, false FROM comment c
          WHERE c.site_id = $1 AND c.id = ANY ($2) AND ($10::uuid IS NULL OR c.id >= $10)
            AND ($11::uuid IS NULL OR c.id < $11) AND ($12::uuid IS NULL OR c.id < $12)
            AND EXISTS (SELECT FROM revision v WHERE v.site_id = c.site_id AND v.comment_id = c.id
              AND v.number = c.revision AND to_tsvector(''simple'', v.body) @@ $14)' || conditions ||
          ' ORDER BY c.id DESC LIMIT $13'
          USING site, matching_ids, states, rule, label, low, high, author, story, since, until, before, max_rows, query;
        RETURN;
      END IF;
      -- Every text in the window is searched for the words.
      window_rows := 2000;
      conditions := conditions || ' AND EXISTS (SELECT FROM revision v WHERE v.site_id = c.site_id
        AND v.comment_id = c.id AND v.number = c.revision AND to_tsvector(''simple'', v.body) @@ $14)';
    END IF;

    EXECUTE 'SELECT min(w.id::text)::uuid, count(*) FROM (SELECT c.id FROM comment c
      WHERE c.site_id = $1 AND ($4::uuid IS NULL OR c.id >= $4) AND ($5::uuid IS NULL OR c.id < $5)
        AND ($6::uuid IS NULL OR c.id < $6)'
      || CASE WHEN author IS NOT NULL THEN ' AND c.author_id = $2' ELSE '' END
      || CASE WHEN story IS NOT NULL THEN ' AND c.story_id = $3' ELSE '' END
      || ' ORDER BY c.id DESC LIMIT $7) w'
      INTO window_end, rows_seen USING site, author, story, since, until, before, window_rows;
    FOR comment_id IN EXECUTE 'SELECT c.id FROM comment c
      WHERE c.site_id = $1 AND c.id >= $2 AND ($10::uuid IS NULL OR c.id >= $10)
        AND ($11::uuid IS NULL OR c.id < $11) AND ($12::uuid IS NULL OR c.id < $12)' || conditions ||
      ' ORDER BY c.id DESC LIMIT $13'
      USING site, window_end, states, rule, label, low, high, author, story, since, until, before, max_rows, query
    LOOP
      is_end_of_window := false;
      returned_rows := returned_rows + 1;
      RETURN NEXT;
    END LOOP;
    IF returned_rows < max_rows AND rows_seen = window_rows THEN
      comment_id := window_end;
      is_end_of_window := true;
      RETURN NEXT;
    END IF;
  END
$$;

-- Comments that have been pending for too long; their scoring is restarted.
CREATE FUNCTION overdue_pending_comments(pending_before timestamp with time zone, max_rows integer) RETURNS TABLE(site_id uuid, comment_id uuid, revision integer, pending_since timestamp with time zone)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.site_id, c.id, c.revision, c.pending_since FROM comment c
  WHERE c.status = 'pending' AND c.pending_since < pending_before
  ORDER BY c.pending_since LIMIT max_rows
$$;

CREATE FUNCTION purge_comment_minutes(before timestamp with time zone) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DELETE FROM comment_minute WHERE minute < before
$$;

SELECT audit_table('comment', 'comment', 'id', 'picked_at,pinned_at', events => 'UPDATE OF picked_at, pinned_at');
