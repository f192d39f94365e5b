import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { Cursors } from '../../../platform/http/cursor.js';
import { firstIdAt, type SiteId } from '../../../platform/ids.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import { hiddenWords } from '../../scoring/hidden-words.js';
import { toTsQuery } from '../../search/ts-query.js';
import type { CommentSearchQuery, FoundComment, FoundComments } from './comment-search.dto.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

const EXCERPT_CHARS = 280;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

// Left out of the highest scores shown, because these labels do not say what is wrong with a comment.
const QUALITY_LABEL_LIST = composeSql`'{argumentQuality,onTopic,question,newsroom}'::text[]`;

export const SEARCH_SQL = composeSql`
  SELECT f.comment_id AS id, f.is_end_of_window AS "isEnd", c.revision, c.status, ${isoSql(composeSql`c.created_at`)} AS "createdAt",
    json_build_object('id', r.id, 'name', r.name) AS author, json_build_object('id', s.id, 'name', s.title) AS story,
    left(v.body, ${EXCERPT_CHARS}) AS excerpt,
    (SELECT d.rule_text FROM decision d WHERE d.site_id = c.site_id AND d.comment_id = c.id AND d.decided_by = 'rule'
     ORDER BY d.id DESC LIMIT 1) AS rule,
    coalesce((SELECT json_object_agg(x.label, x.value ORDER BY x.value DESC) FROM (
      SELECT x.label, x.value FROM score x WHERE x.site_id = v.site_id AND x.revision_id = v.id AND x.value > 0
        AND x.label <> ALL (${QUALITY_LABEL_LIST})
      ORDER BY x.value DESC LIMIT 3) x), '{}') AS scores
  FROM search_comments($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) f
  LEFT JOIN (comment c
    JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
    JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
    JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision)
  ON c.site_id = $1 AND c.id = f.comment_id
  -- The row that ends the window is returned even if the caller may not see its comment.
  WHERE f.is_end_of_window OR c.id IS NOT NULL
  ORDER BY f.comment_id DESC`;

type Row = Omit<FoundComment, 'commentId' | 'hidden'> & { id: string; isEnd: boolean };

/** Searches comments of every status by words and by their properties. */
@Injectable()
export class CommentSearchView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Problem 400 for a cursor that this search did not return */
  async find(principal: Principal, siteId: SiteId, query: CommentSearchQuery): Promise<FoundComments> {
    const { q = '', author, story, status, rule, label, low, high, from, until, cursor, limit } = query;
    const cursorScope = `comment-search:${JSON.stringify([siteId, q, author, story, status, rule, label, low, high, from, until])}`;
    const [before = null] = this.cursors.read(cursorScope, cursor) ?? [];
    const words = toTsQuery(q);
    // The query contains no words, for example only punctuation: return nothing rather than everything.
    if (words === '' && q.trim() !== '') return { items: [], next: null, isPartial: false };
    const idAt = (instant: string | undefined): string | null =>
      instant === undefined ? null : firstIdAt(Math.max(0, Date.parse(instant)));
    const rows = await this.database.inSite({ siteId, principal }, async (tx) => {
      const [storyRow] =
        story === undefined
          ? []
          : await tx.query<{ id: string }>(sql`SELECT id FROM story WHERE site_id = $1 AND key = $2`, [
              siteId,
              story,
            ]);
      return tx.query<Row>(SEARCH_SQL, [
        siteId,
        words,
        author ?? null,
        story === undefined ? null : (storyRow?.id ?? NIL_UUID),
        status === undefined ? null : [status],
        rule ?? null,
        label ?? null,
        Number(low ?? 0),
        Number(high ?? 1),
        idAt(from),
        idAt(until),
        before,
        limit + 1,
      ]);
    });
    const end = rows.find(({ isEnd }) => isEnd);
    const found = rows.filter(({ isEnd }) => !isEnd);
    const page = this.cursors.page(
      found,
      limit,
      cursorScope,
      ({ id }) => [id],
      ({ id, isEnd: _, ...rest }): FoundComment => ({
        commentId: id,
        ...rest,
        hidden: hiddenWords(rest.excerpt),
      }),
    );
    const isPartial = page.next === null && end !== undefined;
    return {
      items: page.items,
      next: isPartial ? this.cursors.write(cursorScope, [end.id]) : page.next,
      isPartial,
    };
  }
}
