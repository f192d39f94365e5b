import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Readers as moderators know them: found by name and address, with notes, messages, and accounts of one person. */
export class KnowReaders1764114010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An address as its mailbox has it: in lower case, without what follows a plus, and for Google's without dots.
      CREATE FUNCTION canonical_email(given text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT CASE WHEN domain IN ('gmail.com', 'googlemail.com') THEN replace(box, '.', '') || '@gmail.com'
          ELSE box || '@' || domain END
        FROM (SELECT split_part(split_part(lower(given), '@', 1), '+', 1) AS box,
          split_part(lower(given), '@', 2) AS domain) x
      $$;

      -- What a reader is found by: each word of the name, the address, and behind an equals sign the canonical address.
      -- A table, because row security lets no index serve a text search.
      CREATE TABLE reader_word (
        site_id uuid NOT NULL,
        word text NOT NULL COLLATE "C",
        reader_id uuid NOT NULL,
        PRIMARY KEY (site_id, word, reader_id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX reader_word_of_reader ON reader_word (site_id, reader_id);
      SELECT isolate_by_site('reader_word');

      CREATE FUNCTION words_of_reader(name text, email text) RETURNS SETOF text
      LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
        SELECT DISTINCT left(word, 100) FROM (
          SELECT regexp_split_to_table(lower(name), '[\\s[:punct:]]+') AS word
          UNION ALL SELECT lower(email) UNION ALL SELECT '=' || canonical_email(email)
        ) x WHERE word <> ''
      $$;
      CREATE FUNCTION follow_reader_words() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          DELETE FROM reader_word WHERE site_id = NEW.site_id AND reader_id = NEW.id;
        END IF;
        INSERT INTO reader_word (site_id, word, reader_id)
        SELECT NEW.site_id, w, NEW.id FROM words_of_reader(NEW.name, NEW.email) w;
        RETURN NULL;
      END $$;
      CREATE TRIGGER reader_worded_new AFTER INSERT ON reader FOR EACH ROW EXECUTE FUNCTION follow_reader_words();
      CREATE TRIGGER reader_worded AFTER UPDATE OF name, email ON reader FOR EACH ROW
        WHEN ((OLD.name, OLD.email) IS DISTINCT FROM (NEW.name, NEW.email))
        EXECUTE FUNCTION follow_reader_words();
      INSERT INTO reader_word (site_id, word, reader_id)
      SELECT r.site_id, w, r.id FROM reader r, words_of_reader(r.name, r.email) w;

      CREATE TABLE reader_note (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        reader_id uuid NOT NULL,
        text text NOT NULL,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX reader_note_of_reader ON reader_note (site_id, reader_id, id);
      SELECT isolate_by_site('reader_note');

      CREATE TABLE reader_message (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        reader_id uuid NOT NULL,
        text text NOT NULL,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX reader_message_of_reader ON reader_message (site_id, reader_id, id);
      SELECT isolate_by_site('reader_message');

      -- Accounts that a moderator holds to be one person's: those with the same person_id.
      CREATE TABLE same_person (
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        person_id uuid NOT NULL,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX same_person_accounts ON same_person (site_id, person_id);
      SELECT isolate_by_site('same_person');

      -- All accounts of the person behind one, that one among them.
      CREATE FUNCTION accounts_of_person(site uuid, reader uuid) RETURNS uuid[]
      LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT coalesce((
          SELECT array_agg(o.reader_id) FROM same_person me
          JOIN same_person o ON o.site_id = me.site_id AND o.person_id = me.person_id
          WHERE me.site_id = site AND me.reader_id = reader), ARRAY[reader])
      $$;
      -- Whether a moderator is that reader: by the address of both, through any account of the same person.
      CREATE FUNCTION is_own_reader(site uuid, reader uuid, who uuid) RETURNS boolean
      LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT EXISTS (
          SELECT FROM moderator m, unnest(accounts_of_person(site, reader)) a (id)
          JOIN reader r ON r.site_id = site AND r.id = a.id
          WHERE m.id = who AND canonical_email(r.email) = canonical_email(m.email))
      $$;

      -- What moderators tell a reader: a message, or a measure with its reason.
      ALTER TABLE notification DROP CONSTRAINT notification_kind_check, DROP CONSTRAINT notification_about;
      ALTER TABLE notification
        ADD COLUMN text text,                          -- of message and standing
        ADD CONSTRAINT notification_kind_check CHECK (kind IN ('reply', 'mention', 'decision', 'appeal', 'story', 'topic',
          'new-story', 'message', 'standing')),
        ADD CONSTRAINT notification_about
          CHECK ((kind IN ('new-story', 'message', 'standing')) = (comment_id IS NULL)
            AND (kind IN ('topic', 'new-story')) = (topic_key IS NOT NULL)
            AND (kind IN ('story', 'topic', 'new-story')) = (story_id IS NOT NULL)
            AND (kind IN ('message', 'standing')) = (text IS NOT NULL));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM notification WHERE kind IN ('message', 'standing');
      ALTER TABLE notification DROP CONSTRAINT notification_kind_check, DROP CONSTRAINT notification_about;
      ALTER TABLE notification DROP COLUMN text,
        ADD CONSTRAINT notification_kind_check
          CHECK (kind IN ('reply', 'mention', 'decision', 'appeal', 'story', 'topic', 'new-story')),
        ADD CONSTRAINT notification_about
          CHECK (CASE kind WHEN 'new-story' THEN comment_id IS NULL ELSE comment_id IS NOT NULL END
            AND (kind IN ('topic', 'new-story')) = (topic_key IS NOT NULL)
            AND (kind IN ('story', 'topic', 'new-story')) = (story_id IS NOT NULL));
      DROP FUNCTION is_own_reader, accounts_of_person;
      DROP TABLE same_person, reader_message, reader_note;
      DROP TRIGGER reader_worded ON reader;
      DROP TRIGGER reader_worded_new ON reader;
      DROP FUNCTION follow_reader_words, words_of_reader;
      DROP TABLE reader_word;
      DROP FUNCTION canonical_email;
    `);
  }
}
