import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { newId, type CommentId, type ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentEntity } from '../comments/comment.entity.js';
import type { FlagReason } from './flag-reasons.js';
import { sql } from '../../platform/database/sql.js';

/** Who flags a comment: a reader, or a visitor, identified by a hash that differs for each comment. */
export type Flagger = { readonly readerId: ReaderId } | { readonly visitor: string };

export interface NewFlag {
  readonly commentId: CommentId;
  readonly by: Flagger;
  readonly reason: FlagReason;
  readonly detail: string | null;
  readonly at: Date;
}

export interface FlaggedComment extends Readonly<
  Pick<CommentEntity, 'storyId' | 'parentId' | 'authorId' | 'status' | 'revision'>
> {
  readonly storyKey: string;
  readonly readerKey: string;
  readonly shownRevision: number;
  /** The number of open flags including this one. */
  readonly openFlags: number;
  /** False if the reader or visitor has already flagged this comment. */
  readonly isNew: boolean;
}

// Locks the comment first, so that its open flag count changes by exactly the number of rows inserted.
const ADD_FLAG = sql`
  WITH target AS (
    SELECT c.*, s.key AS story_key, r.key AS reader_key
    FROM comment c
    JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
    JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
    WHERE c.site_id = $1 AND c.id = $2 AND c.visible
    FOR NO KEY UPDATE OF c
  ), added AS (
    INSERT INTO flag (site_id, id, comment_id, reader_id, visitor, reason, detail, created_at)
    SELECT $1::uuid, $3::uuid, $2::uuid, $4::uuid, $8::text, $5::text, $6::text, $7::timestamptz FROM target
    ON CONFLICT DO NOTHING
    RETURNING 1
  ), counted AS (
    UPDATE comment SET flag_count = flag_count + 1, waiting_since = coalesce(waiting_since, $7)
    WHERE site_id = $1 AND id = $2 AND EXISTS (SELECT FROM added)
    RETURNING flag_count
  )
  SELECT t.story_id AS "storyId", t.story_key AS "storyKey", t.parent_id AS "parentId", t.author_id AS "authorId",
    t.reader_key AS "readerKey", t.status, t.revision, t.shown_revision AS "shownRevision",
    coalesce((SELECT flag_count FROM counted), t.flag_count) AS "openFlags", EXISTS (SELECT FROM counted) AS "isNew"
  FROM target t`;

@Injectable()
export class FlagRepository {
  /**
   * Locks the comment until the transaction ends.
   * @returns null if there is no visible comment with that ID
   */
  async add(tx: Tx, ctx: SiteContext, flag: NewFlag): Promise<FlaggedComment | null> {
    const [comment] = await tx.prepared<FlaggedComment>('flag-add', ADD_FLAG, [
      ctx.siteId,
      flag.commentId,
      newId<'flag'>(flag.at.getTime()),
      'readerId' in flag.by ? flag.by.readerId : null,
      flag.reason,
      flag.detail,
      flag.at,
      'visitor' in flag.by ? flag.by.visitor : null,
    ]);
    return comment ?? null;
  }
}
