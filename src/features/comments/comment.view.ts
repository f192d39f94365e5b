import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { commentJsonSql } from './comment-json.sql.js';
import type { CommentEntity } from './comment.entity.js';
import { composeSql } from '../../platform/database/sql.js';

/** A comment together with the values that determine who may see it. */
export interface FoundComment extends Readonly<
  Pick<
    CommentEntity,
    'id' | 'storyId' | 'parentId' | 'authorId' | 'status' | 'visible' | 'replyCount' | 'createdAt'
  >
> {
  /** The API's JSON as everyone sees it: the comment, or its placeholder. */
  readonly json: string;
  /** The JSON that the author sees. */
  readonly authorJson: string;
}

export const COMMENT_BY_ID = composeSql`
  WITH ${SCOPE}
  SELECT c.id, c.story_id AS "storyId", c.parent_id AS "parentId", c.author_id AS "authorId", c.status, c.visible,
    c.reply_count AS "replyCount", c.created_at AS "createdAt", shown.json, own.json AS "authorJson"
  FROM scope JOIN LATERAL (
    SELECT c.* FROM comment c WHERE c.site_id = scope.id AND c.id = $2 OFFSET 0
  ) c ON true
  CROSS JOIN LATERAL ${commentJsonSql('everyone')} shown
  CROSS JOIN LATERAL ${commentJsonSql('author')} own`;

export const COMMENT_PLACEMENT = composeSql`
  WITH ${SCOPE}
  SELECT c.* FROM scope CROSS JOIN LATERAL (
    SELECT c.story_id AS "storyId", c.author_id AS "authorId", c.visible
    FROM comment c WHERE c.site_id = scope.id AND c.id = $2 OFFSET 0
  ) c`;

@Injectable()
export class CommentView {
  constructor(private readonly database: Database) {}

  /** @returns null if the site has no such comment */
  async find(ctx: SiteContext, commentId: CommentId): Promise<FoundComment | null> {
    const [row] = await this.database.statement<FoundComment>(ctx, 'comment-by-id', COMMENT_BY_ID, [
      commentId,
    ]);
    return row ?? null;
  }

  /** Returns a comment's story, author and visibility, without its text. Returns null if the site has no such comment. */
  async findPlacement(
    ctx: SiteContext,
    commentId: CommentId,
  ): Promise<Pick<FoundComment, 'storyId' | 'authorId' | 'visible'> | null> {
    const [row] = await this.database.statement<FoundComment>(ctx, 'comment-placement', COMMENT_PLACEMENT, [
      commentId,
    ]);
    return row ?? null;
  }
}
