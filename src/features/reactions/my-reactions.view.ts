import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { EXCERPT_SOURCE_CHARS, excerptOf } from '../comments/excerpt.js';
import type { MyReactionAnswer } from './my-reactions.dto.js';
import { composeSql } from '../../platform/database/sql.js';

// Reactions to hidden comments are left out.
export const MY_REACTIONS = composeSql`
  WITH ${SCOPE}
  SELECT page.* FROM scope CROSS JOIN LATERAL (
    SELECT x.kind, ${isoSql(composeSql`x.created_at`)} AS "createdAt",
      json_build_object('id', c.id, 'author', json_build_object('id', r.id, 'name', r.name),
        'excerpt', left(t.body, ${EXCERPT_SOURCE_CHARS})) AS comment,
      json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url) AS story
    FROM reaction x
    JOIN comment c ON c.site_id = x.site_id AND c.id = x.comment_id AND c.visible
    JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
    JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
    JOIN revision t ON t.site_id = c.site_id AND t.comment_id = c.id AND t.number = c.shown_revision
    WHERE x.site_id = scope.id AND x.reader_id = $2
      AND ($3::timestamptz IS NULL OR (date_trunc('milliseconds', x.created_at), x.comment_id, x.kind) < ($3, $4, $5))
    ORDER BY date_trunc('milliseconds', x.created_at) DESC, x.comment_id DESC, x.kind DESC LIMIT $6
  ) page`;

/** Lists a reader's reactions, newest first. */
@Injectable()
export class MyReactionsView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Problem 400 for a cursor that this list did not issue */
  async page(
    ctx: SiteContext,
    readerId: ReaderId,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<Page<MyReactionAnswer>> {
    const scope = `own-reactions:${readerId}`;
    const [at = null, comment = null, kind = null] = this.cursors.read(scope, cursor) ?? [];
    const rows = await this.database.statement<MyReactionAnswer>(ctx, 'my-reactions', MY_REACTIONS, [
      readerId,
      at,
      comment,
      kind,
      limit + 1,
    ]);
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.createdAt, row.comment.id, row.kind],
      (row) => ({ ...row, comment: { ...row.comment, excerpt: excerptOf(row.comment.excerpt) } }),
    );
  }
}
