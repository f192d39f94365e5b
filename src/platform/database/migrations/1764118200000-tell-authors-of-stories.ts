import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wrote a story, and the letters that tell them of comments under it. */
export class TellAuthorsOfStories1764118200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_author (
        site_id uuid NOT NULL,
        story_id uuid NOT NULL,
        address text NOT NULL,                         -- in lower case
        since timestamptz NOT NULL,
        PRIMARY KEY (site_id, story_id, address),
        FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE
      );
      SELECT isolate_by_site('story_author');
      -- Who it is stays out of a record that forgets nothing.
      SELECT audit_table('story_author', 'story-author', 'story_id', '', '', 'INSERT OR DELETE');

      -- Who wants no letters as an author, however often a story names them.
      CREATE TABLE author_mail_stop (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        address text NOT NULL,
        stopped_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, address)
      );
      SELECT isolate_by_site('author_mail_stop');

      -- Comments that a story's authors are told of; kept for a while, so that none is told twice.
      CREATE TABLE story_news (
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        story_id uuid NOT NULL,
        told_at timestamptz,                           -- null: not yet
        PRIMARY KEY (site_id, comment_id),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      CREATE INDEX story_news_untold ON story_news (site_id, story_id) WHERE told_at IS NULL;
      CREATE INDEX story_news_age ON story_news (told_at) WHERE told_at IS NOT NULL;
      SELECT isolate_by_site('story_news');

      CREATE TABLE story_letter (
        site_id uuid NOT NULL,
        story_id uuid NOT NULL,
        due_at timestamptz,                            -- null: nothing is new
        first_at timestamptz,
        last_at timestamptz,
        PRIMARY KEY (site_id, story_id),
        FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE
      );
      CREATE INDEX story_letter_due ON story_letter (due_at) WHERE due_at IS NOT NULL;
      SELECT isolate_by_site('story_letter');

      CREATE FUNCTION due_story_letters(due_before timestamptz, max_rows int) RETURNS TABLE (site_id uuid, story_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT l.site_id, l.story_id FROM story_letter l
        WHERE l.due_at <= due_before ORDER BY l.due_at LIMIT max_rows
      $$;
      CREATE FUNCTION purge_story_news(told_before timestamptz, max_rows int) RETURNS int
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH gone AS (
          DELETE FROM story_news n USING (
            SELECT o.site_id, o.comment_id FROM story_news o WHERE o.told_at < told_before LIMIT max_rows
          ) old WHERE n.site_id = old.site_id AND n.comment_id = old.comment_id
          RETURNING 1
        )
        SELECT count(*)::int FROM gone
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION purge_story_news, due_story_letters;
      DROP TABLE story_letter, story_news, author_mail_stop, story_author;
    `);
  }
}
