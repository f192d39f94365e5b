import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The newest first. Rare words are looked up; otherwise a window of comments is looked through, and where it ends before
 * there is a page, the last row says so: from there one may go on.
 *
 * @param firstLook what is tried for words before they are looked up
 * @param rare what so many say at most is looked up
 * @param more adds to the conditions
 */
export const searchCommentsSql = (firstLook: string, rare: number, more = ''): string => `
  CREATE OR REPLACE FUNCTION search_comments(words text, author uuid, story uuid, states text[], rule text, label text,
    low float8, high float8, since uuid, until uuid, before uuid, max_rows int)
  RETURNS TABLE (comment_id uuid, is_end_of_window boolean)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    site uuid := nullif(current_setting('app.site_id', true), '')::uuid;
    query tsquery := nullif(words, '')::tsquery;
    rare constant int := ${rare};
    found uuid[];
    newest uuid[];
    span int := 10000;
    conditions text := '';
    ends uuid;
    seen int;
    given int := 0;
  BEGIN
    IF states IS NOT NULL THEN conditions := conditions || ' AND c.status = ANY ($3)'; END IF;
    IF rule IS NOT NULL THEN
      conditions := conditions || ' AND (SELECT d.rule_key FROM decision d WHERE d.site_id = c.site_id
        AND d.comment_id = c.id AND d.decided_by = ''rule'' ORDER BY d.id DESC LIMIT 1) = $4';
    END IF;
    IF label IS NOT NULL THEN
      conditions := conditions || ' AND EXISTS (SELECT FROM revision v JOIN score x ON x.site_id = v.site_id
        AND x.revision_id = v.id AND x.label = $5 AND x.value BETWEEN $6 AND $7
        WHERE v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision)';
    END IF;
    IF author IS NOT NULL THEN conditions := conditions || ' AND c.author_id = $8'; END IF;
    IF story IS NOT NULL THEN conditions := conditions || ' AND c.story_id = $9'; END IF;${more}

    IF query IS NOT NULL THEN
      ${firstLook}
      SELECT array_agg(r.comment_id), count(*) INTO found, seen FROM (
        SELECT v.comment_id FROM revision v
        WHERE v.site_id = site AND to_tsvector('simple', v.body) @@ query LIMIT rare + 1) r;
      IF seen <= rare THEN
        RETURN QUERY EXECUTE 'SELECT c.id, false FROM comment c
          WHERE c.site_id = $1 AND c.id = ANY ($2) AND ($10::uuid IS NULL OR c.id >= $10)
            AND ($11::uuid IS NULL OR c.id < $11) AND ($12::uuid IS NULL OR c.id < $12)
            AND EXISTS (SELECT FROM revision v WHERE v.site_id = c.site_id AND v.comment_id = c.id
              AND v.number = c.revision AND to_tsvector(''simple'', v.body) @@ $14)' || conditions ||
          ' ORDER BY c.id DESC LIMIT $13'
          USING site, found, states, rule, label, low, high, author, story, since, until, before, max_rows, query;
        RETURN;
      END IF;
      -- Every text in the window is read for its words.
      span := 2000;
      conditions := conditions || ' AND EXISTS (SELECT FROM revision v WHERE v.site_id = c.site_id
        AND v.comment_id = c.id AND v.number = c.revision AND to_tsvector(''simple'', v.body) @@ $14)';
    END IF;

    EXECUTE 'SELECT min(w.id::text)::uuid, count(*) FROM (SELECT c.id FROM comment c
      WHERE c.site_id = $1 AND ($4::uuid IS NULL OR c.id >= $4) AND ($5::uuid IS NULL OR c.id < $5)
        AND ($6::uuid IS NULL OR c.id < $6)'
      || CASE WHEN author IS NOT NULL THEN ' AND c.author_id = $2' ELSE '' END
      || CASE WHEN story IS NOT NULL THEN ' AND c.story_id = $3' ELSE '' END
      || ' ORDER BY c.id DESC LIMIT $7) w'
      INTO ends, seen USING site, author, story, since, until, before, span;
    FOR comment_id IN EXECUTE 'SELECT c.id FROM comment c
      WHERE c.site_id = $1 AND c.id >= $2 AND ($10::uuid IS NULL OR c.id >= $10)
        AND ($11::uuid IS NULL OR c.id < $11) AND ($12::uuid IS NULL OR c.id < $12)' || conditions ||
      ' ORDER BY c.id DESC LIMIT $13'
      USING site, ends, states, rule, label, low, high, author, story, since, until, before, max_rows, query
    LOOP
      is_end_of_window := false;
      given := given + 1;
      RETURN NEXT;
    END LOOP;
    IF given < max_rows AND seen = span THEN
      comment_id := ends;
      is_end_of_window := true;
      RETURN NEXT;
    END IF;
  END $$;
`;

/**
 * Comments by their words and by what is known of them. Row security keeps an index on words from being used by the
 * service's role (`@@` is not leakproof), so a function of the owner's finds the ids, of the site that is set and no other.
 */
export class SearchComments1764115000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX revision_words ON revision USING gin (to_tsvector('simple', body));
      CREATE INDEX comment_by_story ON comment (site_id, story_id, id);
    `);
    await runner.query(searchCommentsSql('', 5_000));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION search_comments;
      DROP INDEX comment_by_story, revision_words;
    `);
  }
}
