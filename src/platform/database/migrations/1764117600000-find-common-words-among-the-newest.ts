import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchCommentsSql } from './1764115000300-search-comments.js';

export const AMONG_THE_NEWEST = `-- What many say stands among the newest already; to find out how many say it would take longer.
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

export const RARE = 3_000;

/** A word that many use is found among the newest comments, without counting how many use it. */
export class FindCommonWordsAmongTheNewest1764117600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(searchCommentsSql(AMONG_THE_NEWEST, RARE));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(searchCommentsSql('', 5_000));
  }
}
