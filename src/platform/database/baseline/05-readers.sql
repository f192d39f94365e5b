-- A reader of a site, as identified by the publisher's token.
CREATE TABLE reader (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,                     -- the token's sub, compared byte by byte
  name text NOT NULL,                                -- as other readers see it
  name_skeleton text NOT NULL,
  name_from_publisher text NOT NULL DEFAULT '',               -- as the publisher sent it
  picture text,
  email text,
  tier text,                                         -- effective tier when last seen, for display
  role text NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'staff', 'author')),
  standing text NOT NULL DEFAULT 'normal' CHECK (standing IN ('normal', 'warned', 'suspended', 'banned', 'pre-moderated', 'trusted')),
  standing_until timestamptz,
  standing_reason text,
  published_count int NOT NULL DEFAULT 0,
  rejected_count int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, key)
);
CREATE INDEX reader_by_id ON reader (id);
CREATE INDEX reader_skeleton ON reader (site_id, name_skeleton);
CREATE INDEX reader_standing ON reader (site_id, standing) WHERE standing <> 'normal';
SELECT isolate_by_site('reader');

-- The words by which the console finds a reader: each word of the name, the email address, and the canonical email
-- address with '=' before it.
CREATE TABLE reader_search_word (
  site_id uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  reader_id uuid NOT NULL,
  PRIMARY KEY (site_id, word, reader_id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX reader_search_word_of_reader ON reader_search_word (site_id, reader_id);
SELECT isolate_by_site('reader_search_word');

-- When a reader's profile or deletion was last reported, and by which source, so that a late message cannot overwrite a
-- newer one.
CREATE TABLE reader_fact (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  reader_key text NOT NULL,                          -- also for readers who are no longer stored
  kind text NOT NULL CHECK (kind IN ('profile', 'deletion')),
  source text NOT NULL,
  reported_at timestamptz NOT NULL,
  sequence bigint,
  message_id text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, reader_key, kind)
);
CREATE INDEX reader_fact_age ON reader_fact (site_id, recorded_at);
CREATE INDEX reader_fact_deletions ON reader_fact (recorded_at) WHERE kind = 'deletion';
SELECT isolate_by_site('reader_fact');

-- Accounts that will be deleted because their owners requested it.
CREATE TABLE reader_deletion (
  site_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  due_at timestamptz NOT NULL,                       -- the reader may cancel until then
  PRIMARY KEY (site_id, reader_id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX reader_deletion_due ON reader_deletion (due_at);
SELECT isolate_by_site('reader_deletion');

-- Keyed hashes of the keys of erased readers, so that an import of an old export does not bring them back.
CREATE TABLE erased_reader (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  key_mac bytea NOT NULL,                            -- keyed hash of the token's sub
  PRIMARY KEY (site_id, key_mac)
);
SELECT isolate_by_site('erased_reader');

-- Sanctions of erased readers, by keyed hash: a ban survives the deletion of the account.
CREATE TABLE sanction_tombstone (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  key_mac bytea NOT NULL,                            -- keyed hash of the token's sub
  standing text NOT NULL CHECK (standing IN ('suspended', 'banned', 'pre-moderated')),
  until timestamptz,                                 -- null: indefinite
  reason text,
  PRIMARY KEY (site_id, key_mac)
);
CREATE INDEX sanction_tombstone_end ON sanction_tombstone (site_id, until) WHERE until IS NOT NULL;
SELECT isolate_by_site('sanction_tombstone');

-- Authors whose comments a reader does not want to see.
CREATE TABLE ignored_author (
  site_id uuid NOT NULL,
  reader_id uuid NOT NULL,                           -- the reader who ignores
  author_id uuid NOT NULL,                           -- the author who is ignored
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, reader_id, author_id),
  FOREIGN KEY (site_id, author_id) REFERENCES reader (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('ignored_author');

-- The accounts that moderators have linked, one row each. Accounts with the same person_id belong to one person.
CREATE TABLE same_person (
  site_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (site_id, reader_id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX same_person_accounts ON same_person (site_id, person_id);
SELECT isolate_by_site('same_person');

-- Moderators' notes about a reader; the reader never sees them.
CREATE TABLE reader_note (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  reader_id uuid NOT NULL,
  text text NOT NULL,
  moderator_id uuid REFERENCES moderator,
  api_caller text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX reader_note_of_reader ON reader_note (site_id, reader_id, id);
SELECT isolate_by_site('reader_note');

-- Messages from moderators to a reader.
CREATE TABLE reader_message (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  reader_id uuid NOT NULL,
  text text NOT NULL,
  moderator_id uuid REFERENCES moderator,
  api_caller text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX reader_message_of_reader ON reader_message (site_id, reader_id, id);
SELECT isolate_by_site('reader_message');

-- Whether the reader, or an account linked to the reader, has the moderator's email address.
CREATE FUNCTION is_own_reader(p_site_id uuid, p_reader_id uuid, p_moderator_id uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (
    SELECT FROM moderator m, unnest(accounts_of_person(p_site_id, p_reader_id)) account (id)
    JOIN reader r ON r.site_id = p_site_id AND r.id = account.id
    WHERE m.id = p_moderator_id AND canonical_email(r.email) = canonical_email(m.email))
$$;

-- A form of an email address in which aliases are equal: lower case, without a +suffix, and for Gmail also without
-- dots.
CREATE FUNCTION canonical_email(address text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN domain IN ('gmail.com', 'googlemail.com') THEN replace(local_part, '.', '') || '@gmail.com'
    ELSE local_part || '@' || domain END
  FROM (SELECT split_part(split_part(lower(address), '@', 1), '+', 1) AS local_part,
    split_part(lower(address), '@', 2) AS domain) parts
$$;

-- The outcome of the latest decision by a moderator on this revision that was not undone: publish or refuse; null:
-- none.
CREATE FUNCTION last_human_outcome(p_site_id uuid, p_comment_id uuid, p_revision integer) RETURNS text
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN d.action IN ('approve', 'restore') THEN 'publish' ELSE 'refuse' END FROM decision d
  WHERE d.site_id = p_site_id AND d.comment_id = p_comment_id AND d.revision = p_revision AND d.decided_by = 'moderator'
    AND d.action IN ('approve', 'restore', 'reject', 'remove')
    AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
  ORDER BY d.id DESC LIMIT 1
$$;

-- All words by which a reader can be found.
CREATE FUNCTION reader_search_words(name text, email text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
  SELECT DISTINCT left(word, 100) FROM (
    SELECT regexp_split_to_table(lower(name), '[\s[:punct:]]+') AS word
    UNION ALL SELECT lower(email) UNION ALL SELECT '=' || canonical_email(email)
  ) words WHERE word <> ''
$$;

-- Keeps reader_search_word in step with reader.
CREATE FUNCTION sync_reader_search_words() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    IF TG_OP = 'UPDATE' THEN
      DELETE FROM reader_search_word WHERE site_id = NEW.site_id AND reader_id = NEW.id;
    END IF;
    INSERT INTO reader_search_word (site_id, word, reader_id)
    SELECT NEW.site_id, w, NEW.id FROM reader_search_words(NEW.name, NEW.email) w;
    RETURN NULL;
  END
$$;

-- The ids of a reader and of all accounts linked to that reader.
CREATE FUNCTION accounts_of_person(p_site_id uuid, p_reader_id uuid) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT coalesce((
    SELECT array_agg(linked.reader_id) FROM same_person own
    JOIN same_person linked ON linked.site_id = own.site_id AND linked.person_id = own.person_id
    WHERE own.site_id = p_site_id AND own.reader_id = p_reader_id), ARRAY[p_reader_id])
$$;

CREATE FUNCTION site_of_reader(reader_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT site_id FROM reader WHERE id = reader_id
$$;

CREATE FUNCTION due_reader_deletions(due_before timestamp with time zone, max_rows integer) RETURNS TABLE(site_id uuid, reader_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT d.site_id, d.reader_id FROM reader_deletion d
  WHERE d.due_at <= due_before ORDER BY d.due_at LIMIT max_rows
$$;

SELECT audit_table('reader', 'reader', 'id', 'role', events => 'UPDATE OF role');
CREATE TRIGGER sync_search_words_on_update AFTER UPDATE OF name, email ON reader
  FOR EACH ROW
  WHEN ((OLD.name IS DISTINCT FROM NEW.name) OR (OLD.email IS DISTINCT FROM NEW.email)) EXECUTE FUNCTION sync_reader_search_words();
CREATE TRIGGER sync_search_words_on_insert AFTER INSERT ON reader
  FOR EACH ROW EXECUTE FUNCTION sync_reader_search_words();
SELECT audit_table('same_person', 'same-person', 'reader_id', 'person_id');
SELECT audit_table('reader_note', 'reader-note', 'reader_id', 'id', events => 'INSERT');
SELECT audit_table('reader_message', 'reader-message', 'reader_id', 'id', events => 'INSERT');
