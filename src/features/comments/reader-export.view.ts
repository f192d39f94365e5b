import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, SCOPE } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from './comment-json.sql.js';
import { type Sql, composeSql } from '../../platform/database/sql.js';

const jsonArray = (rows: Sql): Sql =>
  composeSql`coalesce((SELECT json_agg(row_to_json(x)) FROM (${rows}) x), '[]')`;
const READER_CONDITION = composeSql`site_id = scope.id AND reader_id = $2`;

export const READER_EXPORT = composeSql`
  WITH ${SCOPE}
  SELECT json_build_object(
    'reader', (SELECT row_to_json(x) FROM (
      SELECT id, key, name, name_from_publisher AS "nameGiven", picture, email, role, standing,
        ${isoSql(composeSql`created_at`)} AS "createdAt", ${isoSql(composeSql`seen_at`)} AS "seenAt"
      FROM reader WHERE site_id = scope.id AND id = $2) x),
    'comments', ${jsonArray(composeSql`
      SELECT c.id, s.key AS "storyKey", s.title AS "storyTitle", s.url AS "storyUrl", c.parent_id AS "parentId",
        c.status, c.reason, c.reason_text AS "reasonText", c.page_language AS "pageLanguage", ${isoSql(composeSql`c.created_at`)} AS "createdAt", ${isoSql(composeSql`c.published_at`)} AS "publishedAt",
        c.reactions, (
          SELECT json_agg(json_build_object('number', t.number, 'body', t.body, 'createdAt', ${isoSql(composeSql`t.created_at`)}) ORDER BY t.number)
          FROM revision t WHERE t.site_id = c.site_id AND t.comment_id = c.id
        ) AS revisions
      FROM comment c JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
      WHERE c.site_id = scope.id AND c.author_id = $2 ORDER BY c.id`)},
    'appeals', ${jsonArray(composeSql`
      SELECT a.comment_id AS "commentId", a.text, a.state, ${isoSql(composeSql`a.created_at`)} AS "createdAt"
      FROM appeal a JOIN comment c ON c.site_id = a.site_id AND c.id = a.comment_id
      WHERE a.site_id = scope.id AND c.author_id = $2 ORDER BY a.id`)},
    'reactions', ${jsonArray(composeSql`
      SELECT comment_id AS "commentId", kind, ${isoSql(composeSql`created_at`)} AS "createdAt"
      FROM reaction WHERE ${READER_CONDITION} ORDER BY created_at`)},
    'flags', ${jsonArray(composeSql`
      SELECT comment_id AS "commentId", reason, detail, ${isoSql(composeSql`created_at`)} AS "createdAt"
      FROM flag WHERE ${READER_CONDITION} ORDER BY created_at`)},
    'ignored', ${jsonArray(composeSql`
      SELECT author_id AS "readerId", ${isoSql(composeSql`created_at`)} AS "since"
      FROM ignored_author WHERE ${READER_CONDITION} ORDER BY created_at`)},
    'notifications', ${jsonArray(composeSql`
      SELECT kind, comment_id AS "commentId", outcome, ${isoSql(composeSql`created_at`)} AS "createdAt", ${isoSql(composeSql`read_at`)} AS "readAt"
      FROM notification WHERE ${READER_CONDITION} ORDER BY id`)},
    'following', ${jsonArray(composeSql`
      SELECT s.key AS "storyKey", s.title AS "storyTitle", s.url AS "storyUrl", ${isoSql(composeSql`f.since`)} AS since
      FROM followed_story f JOIN story s ON s.site_id = f.site_id AND s.id = f.story_id
      WHERE f.site_id = scope.id AND f.reader_id = $2 ORDER BY f.since`)},
    'portfolios', ${jsonArray(composeSql`
      SELECT p.name, p.alerts, ${isoSql(composeSql`p.created_at`)} AS "createdAt", (
        SELECT coalesce(json_agg(json_build_object('type', t.type, 'key', t.key) ORDER BY t.since), '[]')
        FROM portfolio_topic t WHERE t.site_id = p.site_id AND t.portfolio_id = p.id
      ) AS topics
      FROM portfolio p WHERE p.site_id = scope.id AND p.reader_id = $2 ORDER BY p.id`)},
    'email', (SELECT row_to_json(x) FROM (
      SELECT address, delivery, language, ${isoSql(composeSql`confirmed_at`)} AS "confirmedAt"
      FROM reader_email WHERE ${READER_CONDITION}) x)
  ) AS data
  FROM scope`;

/** Returns everything a site stores about one reader (GDPR, articles 15 and 20), as one JSON object. */
@Injectable()
export class ReaderExportView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async read(ctx: SiteContext, readerId: ReaderId): Promise<Record<string, unknown>> {
    const [row] = await this.database.statement<{ data: Record<string, unknown> }>(
      ctx,
      'reader-export',
      READER_EXPORT,
      [readerId],
    );
    return { madeAt: this.clock.now().toISOString(), site: ctx.siteId, ...row?.data };
  }
}
