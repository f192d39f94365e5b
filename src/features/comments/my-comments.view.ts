import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import { Cursors } from '../../platform/http/cursor.js';
import type { CommentId, ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { StoryEntity } from '../stories/story.entity.js';
import { commentJsonSql, isoSql } from './comment-json.sql.js';
import type { AppealSummary } from './comments.dto.js';
import { composeSql } from '../../platform/database/sql.js';

/** One of a reader's own comments, as JSON text. */
export interface MyCommentRow {
  readonly id: CommentId;
  readonly json: string;
  readonly story: Pick<StoryEntity, 'id' | 'key' | 'title' | 'url'>;
  readonly reactions: readonly string[];
  readonly appeal: AppealSummary | null;
}

export interface MyCommentPage {
  readonly items: readonly MyCommentRow[];
  readonly next: string | null;
}

// Deleted comments are not shown to their author either.
export const MY_COMMENTS = composeSql`
  WITH ${SCOPE}
  SELECT page.* FROM scope CROSS JOIN LATERAL (
    SELECT c.id, own.json, json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url) AS story,
      ARRAY(
        SELECT x.kind FROM reaction x
        WHERE x.site_id = c.site_id AND x.comment_id = c.id AND x.reader_id = c.author_id ORDER BY x.kind
      ) AS reactions, (
        SELECT json_build_object('state', a.state, 'createdAt', ${isoSql(composeSql`a.created_at`)}) FROM appeal a
        WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.revision = c.revision
      ) AS appeal
    FROM comment c
    JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
    CROSS JOIN LATERAL ${commentJsonSql('author')} own
    WHERE c.site_id = scope.id AND c.author_id = $2 AND c.status <> 'deleted' AND ($3::uuid IS NULL OR c.id < $3)
    ORDER BY c.id DESC LIMIT $4
  ) page ORDER BY page.id DESC`;

/** Lists what a reader has written on all stories of a site, newest first. */
@Injectable()
export class MyCommentsView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Problem 400 for a cursor that is not from this list */
  async page(
    ctx: SiteContext,
    readerId: ReaderId,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<MyCommentPage> {
    const scope = `own-comments:${readerId}`;
    const [before = null] = this.cursors.read(scope, cursor) ?? [];
    const rows = await this.database.statement<MyCommentRow>(ctx, 'my-comments', MY_COMMENTS, [
      readerId,
      before,
      limit + 1,
    ]);
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.id],
      (row) => row,
    );
  }
}
