import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is a reader's own: whom they ignore, what they are told, and the wish to be forgotten. */
export class CreateReadersDesk1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ignored_author (
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,                       -- who does not want to read
        author_id uuid NOT NULL,                       -- whom
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_id, author_id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE,
        FOREIGN KEY (site_id, author_id) REFERENCES reader ON DELETE CASCADE
      );
      SELECT isolate_by_site('ignored_author');

      CREATE TABLE reader_deletion (
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        asked_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,                   -- until then the reader may think again
        PRIMARY KEY (site_id, reader_id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX reader_deletion_due ON reader_deletion (due_at);
      SELECT isolate_by_site('reader_deletion');
      CREATE FUNCTION due_reader_deletions(due_before timestamptz, max_rows int)
      RETURNS TABLE (site_id uuid, reader_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT d.site_id, d.reader_id FROM reader_deletion d
        WHERE d.due_at <= due_before ORDER BY d.due_at LIMIT max_rows
      $$;

      CREATE TABLE notification (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        reader_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('reply', 'mention', 'decision', 'appeal')),
        comment_id uuid NOT NULL,                      -- the reply, the comment with the mention, or the reader's own
        outcome text,                                  -- decision: the new status; appeal: upheld or overturned
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE,
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      -- A comment tells a reader once of itself, also when it is edited or restored.
      CREATE UNIQUE INDEX notification_once ON notification (site_id, comment_id, reader_id)
        WHERE kind IN ('reply', 'mention');
      CREATE INDEX notification_of_reader ON notification (site_id, reader_id, id);
      CREATE INDEX notification_unread ON notification (site_id, reader_id) WHERE read_at IS NULL;
      CREATE INDEX notification_age ON notification (created_at);
      SELECT isolate_by_site('notification');
      CREATE FUNCTION purge_notifications(made_before timestamptz, max_rows int) RETURNS int
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH gone AS (
          DELETE FROM notification n USING (
            SELECT o.site_id, o.id FROM notification o WHERE o.created_at < made_before LIMIT max_rows
          ) old WHERE n.site_id = old.site_id AND n.id = old.id
          RETURNING 1
        )
        SELECT count(*)::int FROM gone
      $$;

      -- What a reader does not want to be told of; without a row everything.
      CREATE TABLE notification_settings (
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        replies boolean NOT NULL,
        mentions boolean NOT NULL,
        decisions boolean NOT NULL,
        PRIMARY KEY (site_id, reader_id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      SELECT isolate_by_site('notification_settings');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE notification_settings;
      DROP FUNCTION purge_notifications;
      DROP TABLE notification;
      DROP FUNCTION due_reader_deletions;
      DROP TABLE reader_deletion, ignored_author;
    `);
  }
}
