import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { newId, type CommentId, type ReaderId, type StoryId } from '../../platform/ids.js';
import { OUTBOX_TOPIC } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentStatus } from './comment-status.js';
import type { CommentEvent } from './comments.events.js';

export interface NewComment {
  readonly id: CommentId;
  readonly storyId: StoryId;
  readonly parentId: CommentId | null;
  readonly authorId: ReaderId;
  /** Key of the tier that counted. */
  readonly authorTier: string | null;
  readonly text: NewText;
  readonly at: Date;
}

export interface NewText {
  readonly body: string;
  readonly html: string;
  readonly fingerprint: string;
}

/** Why a reply was not stored: what it answers to is not there for its author, or is no longer open to replies. */
export type ParentRefusal = 'not-found' | 'not-published';

export interface LockedComment {
  readonly storyId: StoryId;
  readonly parentId: CommentId | null;
  readonly authorId: ReaderId;
  readonly status: CommentStatus;
  readonly revision: number;
  readonly visible: boolean;
  readonly createdAt: Date;
  /** The newest text. */
  readonly body: string;
}

// A comment, its first text and the event that tells of it (as `Outbox.add` writes it), by one statement: every
// round trip of this path is felt.
const INSERT = (isReply: boolean): string => `
  WITH ${
    isReply
      ? `parent AS (
    SELECT p.id, coalesce(p.root_id, p.id) AS root_id, p.visible, p.reply_count, p.author_id FROM comment p
    WHERE p.site_id = $1 AND p.id = $12 AND p.story_id = $3
    FOR KEY SHARE
  ), `
      : ''
  }made AS (
    INSERT INTO comment (site_id, id, story_id, author_id, author_tier, created_at, pending_since${isReply ? ', parent_id, root_id' : ''})
    SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::timestamptz, $6::timestamptz${isReply ? ', id, root_id FROM parent WHERE visible' : ''}
    RETURNING site_id, id, created_at
  ), written AS (
    INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
    SELECT site_id, $7::uuid, id, 1, $8::text, $9::text, $10::text, created_at FROM made
  ), told AS (
    INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
    SELECT site_id, 'comment.submitted', 'comment:' || id, $11::jsonb, created_at FROM made
  )
  ${
    isReply
      ? `SELECT (SELECT id FROM made) AS id, parent.id AS parent, parent.reply_count > 0 OR parent.author_id = $4 AS known
  FROM (SELECT) one LEFT JOIN parent ON true`
      : 'SELECT id FROM made'
  }`;

const INSERT_ROOT = INSERT(false);
const INSERT_REPLY = INSERT(true);

/** Writes of comments and their texts, and locked reads before one. A status changes through `CommentMover`. */
@Injectable()
export class CommentRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** Stores a new comment as pending, with its first text and `comment.submitted`. Takes no more than one statement. */
  async insert(
    tx: Tx,
    ctx: SiteContext,
    comment: NewComment,
    event: CommentEvent,
  ): Promise<{ ok: true } | { ok: false; why: ParentRefusal }> {
    const { body, html, fingerprint } = comment.text;
    const values = [
      ctx.siteId,
      comment.id,
      comment.storyId,
      comment.authorId,
      comment.authorTier,
      comment.at,
      newId<'revision'>(),
      body,
      html,
      fingerprint,
      JSON.stringify(event),
    ];
    if (comment.parentId === null) {
      await tx.prepared('comment-insert', INSERT_ROOT, values);
    } else {
      const [row] = await tx.prepared<{ id: string | null; parent: string | null; known: boolean | null }>(
        'reply-insert',
        INSERT_REPLY,
        [...values, comment.parentId],
      );
      if (!row?.id) return { ok: false, why: row?.parent && row.known ? 'not-published' : 'not-found' };
    }
    await this.pubsub.publish(tx, OUTBOX_TOPIC, '');
    return { ok: true };
  }

  /** @returns null when the site has no such comment; else it is locked until the transaction ends */
  async lock(tx: Tx, ctx: SiteContext, commentId: CommentId): Promise<LockedComment | null> {
    const [comment] = await tx.query<Omit<LockedComment, 'body'>>(
      `SELECT story_id AS "storyId", parent_id AS "parentId", author_id AS "authorId", status, revision, visible,
         created_at AS "createdAt"
       FROM comment WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [ctx.siteId, commentId],
    );
    if (!comment) return null;
    // After the wait for the lock: a statement sees no revision that was written while it waited.
    const [text] = await tx.query<{ body: string }>(
      'SELECT body FROM revision WHERE site_id = $1 AND comment_id = $2 AND number = $3',
      [ctx.siteId, commentId, comment.revision],
    );
    return { ...comment, body: text.body };
  }

  async addRevision(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    number: number,
    text: NewText,
    at: Date,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [ctx.siteId, newId<'revision'>(), commentId, number, text.body, text.html, text.fingerprint, at],
    );
  }
}
