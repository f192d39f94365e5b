import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Comments, their revisions, reactions, flags and scores. */
export class CreateComments1763900002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE comment (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        story_id uuid NOT NULL,
        parent_id uuid,
        root_id uuid,                                  -- the top-level comment above; null for one
        author_id uuid NOT NULL,
        author_tier text,                              -- the tier that counted when it was written
        status text NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'published', 'held', 'rejected', 'removed', 'deleted')),
        revision int NOT NULL DEFAULT 1,
        visible boolean NOT NULL DEFAULT false,        -- everybody sees it, with the text of shown_revision
        shown_revision int,                            -- the text that others see, or saw last; null: never seen
        reply_count int NOT NULL DEFAULT 0 CHECK (reply_count >= 0), -- visible replies at any depth below it
        reactions jsonb NOT NULL DEFAULT '{}',
        reaction_count int NOT NULL DEFAULT 0,
        flag_count int NOT NULL DEFAULT 0,             -- open flags
        escalated boolean NOT NULL DEFAULT false,
        risk real NOT NULL DEFAULT 0,                  -- the largest score over its threshold, for the queue's order
        waiting_since timestamptz,                     -- since when a person is waited for
        created_at timestamptz NOT NULL,
        reason text,                                   -- of a rejection or removal: a code of the site's reasons
        pending_since timestamptz,                     -- when it last became pending; null in other states
        published_at timestamptz,
        edited_at timestamptz,
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE,
        FOREIGN KEY (site_id, author_id) REFERENCES reader,
        FOREIGN KEY (site_id, parent_id) REFERENCES comment
      );
      -- What a thread shows: what is visible, and tombstones that carry visible replies. One index per sort of a thread.
      CREATE INDEX comment_thread_by_id ON comment (site_id, story_id, id)
        WHERE parent_id IS NULL AND (visible OR reply_count > 0);
      CREATE INDEX comment_thread_by_reactions ON comment (site_id, story_id, reaction_count, id)
        WHERE parent_id IS NULL AND (visible OR reply_count > 0);
      CREATE INDEX comment_thread_by_replies ON comment (site_id, story_id, reply_count, id)
        WHERE parent_id IS NULL AND (visible OR reply_count > 0);
      CREATE INDEX comment_replies ON comment (site_id, root_id, id)
        WHERE visible OR reply_count > 0;
      CREATE INDEX comment_children ON comment (site_id, parent_id, id);
      CREATE INDEX comment_by_author ON comment (site_id, author_id, id);
      -- The author's own comments that others do not see yet.
      CREATE INDEX comment_unseen_by_author ON comment (site_id, story_id, author_id, id)
        WHERE status IN ('pending', 'held', 'rejected', 'removed');
      CREATE INDEX comment_queue_waiting ON comment (site_id, status, waiting_since, id) WHERE status = 'held';
      CREATE INDEX comment_queue_risk ON comment (site_id, status, risk, id) WHERE status = 'held';
      CREATE INDEX comment_flagged ON comment (site_id, waiting_since, id) WHERE flag_count > 0 AND status = 'published';
      CREATE INDEX comment_escalated ON comment (site_id, waiting_since, id) WHERE escalated;
      CREATE INDEX comment_pending ON comment (pending_since) WHERE status = 'pending';
      CREATE INDEX comment_by_id ON comment (id);
      SELECT isolate_by_site('comment');

      CREATE TABLE revision (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        comment_id uuid NOT NULL,
        number int NOT NULL CHECK (number >= 1),
        body text NOT NULL,
        html text NOT NULL,
        fingerprint text NOT NULL,                     -- of the normalised text, for finding repeats
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, comment_id, number),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      CREATE INDEX revision_fingerprint ON revision (site_id, fingerprint, created_at);
      SELECT isolate_by_site('revision');

      CREATE TABLE score (
        site_id uuid NOT NULL,
        revision_id uuid NOT NULL,
        label text NOT NULL,
        value double precision NOT NULL CHECK (value BETWEEN 0 AND 1),
        spans jsonb NOT NULL DEFAULT '[]',             -- [[start, end)] in UTF-16 units of the revision's body
        PRIMARY KEY (site_id, revision_id, label),
        FOREIGN KEY (site_id, revision_id) REFERENCES revision ON DELETE CASCADE
      );
      SELECT isolate_by_site('score');

      CREATE TABLE reaction (
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        kind text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, comment_id, reader_id, kind),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE,
        FOREIGN KEY (site_id, reader_id) REFERENCES reader
      );
      SELECT isolate_by_site('reaction');

      CREATE TABLE flag (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        comment_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        reason text NOT NULL,
        detail text,
        created_at timestamptz NOT NULL,
        closed_at timestamptz,                         -- when a decision answered it
        closed_by uuid,                                -- that decision; undoing it opens the flag again
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, comment_id, reader_id),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE,
        FOREIGN KEY (site_id, reader_id) REFERENCES reader
      );
      SELECT isolate_by_site('flag');

      CREATE FUNCTION site_of_comment(comment_id uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM comment WHERE id = comment_id
      $$;
      -- Comments whose scoring job was lost or never ended, oldest first, over all sites.
      CREATE FUNCTION overdue_pending_comments(pending_before timestamptz, max_rows int)
      RETURNS TABLE (site_id uuid, comment_id uuid, revision int, revision_id uuid, pending_since timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT c.site_id, c.id, c.revision, r.id, c.pending_since
        FROM comment c JOIN revision r ON r.site_id = c.site_id AND r.comment_id = c.id AND r.number = c.revision
        WHERE c.status = 'pending' AND c.pending_since < pending_before
        ORDER BY c.pending_since LIMIT max_rows
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION overdue_pending_comments, site_of_comment;
      DROP TABLE flag, reaction, score, revision, comment;
    `);
  }
}
