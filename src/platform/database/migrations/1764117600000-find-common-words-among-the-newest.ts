import type { MigrationInterface, QueryRunner } from 'typeorm';

const searchComments = (firstLook: string, rare: number): string => `
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
    IF story IS NOT NULL THEN conditions := conditions || ' AND c.story_id = $9'; END IF;

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

const AMONG_THE_NEWEST = `-- What many say stands among the newest already; to find out how many say it would take longer.
      EXECUTE 'SELECT array_agg(x.id) FROM (SELECT c.id FROM (SELECT c.* FROM comment c
          WHERE c.site_id = $1 AND ($10::uuid IS NULL OR c.id >= $10) AND ($11::uuid IS NULL OR c.id < $11)
            AND ($12::uuid IS NULL OR c.id < $12) ORDER BY c.id DESC LIMIT 500) c
        WHERE EXISTS (SELECT FROM revision v WHERE v.site_id = c.site_id AND v.comment_id = c.id
          AND v.number = c.revision AND to_tsvector(''simple'', v.body) @@ $14)' || conditions ||
        ' ORDER BY c.id DESC LIMIT $13) x'
        INTO newest
        USING site, found, states, rule, label, low, high, author, story, since, until, before, max_rows, query;
      IF cardinality(newest) = max_rows THEN
        RETURN QUERY SELECT n, false FROM unnest(newest) n;
        RETURN;
      END IF;`;

/** A word that many use is found among the newest comments, without counting how many use it. */
export class FindCommonWordsAmongTheNewest1764117600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(searchComments(AMONG_THE_NEWEST, 3_000));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(searchComments('', 5_000));
  }
}
