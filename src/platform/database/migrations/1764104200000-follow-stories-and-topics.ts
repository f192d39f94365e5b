import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What readers follow, and how they are told of it. */
export class FollowStoriesAndTopics1764104200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE followed_story (
        site_id uuid NOT NULL,
        story_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (site_id, story_id, reader_id),
        FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE,
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX followed_story_of_reader ON followed_story (site_id, reader_id, story_id);
      SELECT isolate_by_site('followed_story');

      CREATE TABLE portfolio (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        reader_id uuid NOT NULL,
        name text NOT NULL,
        alerts boolean NOT NULL,                       -- its topics are followed
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX portfolio_of_reader ON portfolio (site_id, reader_id, id);
      CREATE UNIQUE INDEX portfolio_one_alerts ON portfolio (site_id, reader_id) WHERE alerts;
      SELECT isolate_by_site('portfolio');

      CREATE TABLE portfolio_topic (
        site_id uuid NOT NULL,
        portfolio_id uuid NOT NULL,
        type text NOT NULL,
        key text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (site_id, portfolio_id, type, key),
        FOREIGN KEY (site_id, portfolio_id) REFERENCES portfolio ON DELETE CASCADE,
        FOREIGN KEY (site_id, type, key) REFERENCES topic ON DELETE CASCADE
      );
      CREATE INDEX portfolio_topic_by_topic ON portfolio_topic (site_id, type, key);
      SELECT isolate_by_site('portfolio_topic');

      ALTER TABLE notification DROP CONSTRAINT notification_kind_check;
      ALTER TABLE notification
        ALTER COLUMN comment_id DROP NOT NULL,
        ADD COLUMN story_id uuid,                      -- of story, topic and new-story
        ADD COLUMN topic_type text,
        ADD COLUMN topic_key text,
        ADD COLUMN mailed_at timestamptz,              -- when a letter told of it
        ADD CONSTRAINT notification_kind_check
          CHECK (kind IN ('reply', 'mention', 'decision', 'appeal', 'story', 'topic', 'new-story')),
        ADD CONSTRAINT notification_about
          CHECK (CASE kind WHEN 'new-story' THEN comment_id IS NULL ELSE comment_id IS NOT NULL END
            AND (kind IN ('topic', 'new-story')) = (topic_key IS NOT NULL)
            AND (kind IN ('story', 'topic', 'new-story')) = (story_id IS NOT NULL)),
        ADD FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE;
      -- While one is not read it stands for whatever comes after it.
      CREATE UNIQUE INDEX notification_story_unread ON notification (site_id, reader_id, story_id)
        WHERE kind = 'story' AND read_at IS NULL;
      CREATE UNIQUE INDEX notification_topic_unread ON notification (site_id, reader_id, topic_type, topic_key)
        WHERE kind = 'topic' AND read_at IS NULL;
      CREATE UNIQUE INDEX notification_story_once ON notification (site_id, reader_id, comment_id)
        WHERE kind IN ('story', 'topic');
      CREATE UNIQUE INDEX notification_new_story_once ON notification (site_id, story_id, reader_id)
        WHERE kind = 'new-story';

      ALTER TABLE notification_settings ADD COLUMN following boolean NOT NULL DEFAULT true;

      CREATE TABLE reader_mail (
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        address text NOT NULL,
        confirmed_at timestamptz,                      -- null: nothing is sent but the letter that asks
        delivery text NOT NULL CHECK (delivery IN ('instant', 'daily', 'weekly')),
        next_digest_at timestamptz,                    -- null with instant, and before it is confirmed
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX reader_mail_digest ON reader_mail (next_digest_at) WHERE next_digest_at IS NOT NULL;
      SELECT isolate_by_site('reader_mail');
      CREATE FUNCTION due_digests(due_before timestamptz, max_rows int) RETURNS TABLE (site_id uuid, reader_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT m.site_id, m.reader_id FROM reader_mail m
        WHERE m.next_digest_at <= due_before ORDER BY m.next_digest_at LIMIT max_rows
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION due_digests;
      DROP TABLE reader_mail;
      ALTER TABLE notification_settings DROP COLUMN following;
      DELETE FROM notification WHERE kind IN ('story', 'topic', 'new-story');
      ALTER TABLE notification DROP CONSTRAINT notification_about, DROP CONSTRAINT notification_kind_check,
        DROP COLUMN mailed_at, DROP COLUMN topic_key, DROP COLUMN topic_type, DROP COLUMN story_id;
      ALTER TABLE notification ALTER COLUMN comment_id SET NOT NULL,
        ADD CONSTRAINT notification_kind_check CHECK (kind IN ('reply', 'mention', 'decision', 'appeal'));
      DROP TABLE portfolio_topic, portfolio, followed_story;
    `);
  }
}
