import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stories are about, as things of their own; and words by which stories are found. */
export class IndexTopicsOfStories1764104100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE topic (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        type text NOT NULL,
        key text NOT NULL,
        name text NOT NULL,
        url text,                                      -- where the publisher writes about it
        facts jsonb NOT NULL DEFAULT '[]',             -- [{label, value}], in the publisher's words
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, type, key)
      );
      SELECT isolate_by_site('topic');

      CREATE TABLE story_topic (
        site_id uuid NOT NULL,
        story_id uuid NOT NULL,
        type text NOT NULL,
        key text NOT NULL,
        PRIMARY KEY (site_id, type, key, story_id),
        FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE,
        FOREIGN KEY (site_id, type, key) REFERENCES topic ON DELETE CASCADE
      );
      CREATE INDEX story_topic_of_story ON story_topic (site_id, story_id);
      SELECT isolate_by_site('story_topic');

      -- Whatever writes a story's topics, both tables follow. A topic stays when its last story lets go of it.
      CREATE FUNCTION keep_story_topics() RETURNS trigger
      LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        DELETE FROM story_topic t WHERE t.site_id = NEW.site_id AND t.story_id = NEW.id;
        IF NEW.topics = '[]' THEN RETURN NULL; END IF;
        INSERT INTO topic AS known (site_id, type, key, name, updated_at)
          SELECT DISTINCT ON (t.type, t.key) NEW.site_id, t.type, t.key, t.name, NEW.updated_at
          FROM jsonb_to_recordset(NEW.topics) AS t (type text, key text, name text)
          ORDER BY t.type, t.key
          ON CONFLICT (site_id, type, key) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at
          WHERE known.name <> excluded.name;
        INSERT INTO story_topic (site_id, story_id, type, key)
          SELECT DISTINCT NEW.site_id, NEW.id, t.type, t.key
          FROM jsonb_to_recordset(NEW.topics) AS t (type text, key text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER story_topics_made AFTER INSERT ON story
        FOR EACH ROW WHEN (NEW.topics <> '[]') EXECUTE FUNCTION keep_story_topics();
      CREATE TRIGGER story_topics_changed AFTER UPDATE OF topics ON story
        FOR EACH ROW WHEN (NEW.topics <> OLD.topics) EXECUTE FUNCTION keep_story_topics();

      INSERT INTO topic (site_id, type, key, name, updated_at)
        SELECT DISTINCT ON (s.site_id, t.type, t.key) s.site_id, t.type, t.key, t.name, s.updated_at
        FROM story s, jsonb_to_recordset(s.topics) AS t (type text, key text, name text)
        ORDER BY s.site_id, t.type, t.key, s.updated_at DESC;
      INSERT INTO story_topic (site_id, story_id, type, key)
        SELECT DISTINCT s.site_id, s.id, t.type, t.key
        FROM story s, jsonb_to_recordset(s.topics) AS t (type text, key text);

      -- Without stems: a site's language is its own business, and beginnings of words find most of their forms.
      ALTER TABLE story ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(jsonb_to_tsvector('simple', topics, '["string"]'), 'B')
        || setweight(to_tsvector('simple', coalesce(section, '')), 'C')
      ) STORED;
      CREATE INDEX story_words ON story USING gin (words);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story DROP COLUMN words;
      DROP TRIGGER story_topics_changed ON story;
      DROP TRIGGER story_topics_made ON story;
      DROP FUNCTION keep_story_topics;
      DROP TABLE story_topic, topic;
    `);
  }
}
