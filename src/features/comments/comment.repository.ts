import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { newId, type CommentId, type ReaderId, type StoryId } from '../../platform/ids.js';
import { OUTBOX_TOPIC } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentEntity } from './comment.entity.js';
import type { CommentEvent } from './comments.events.js';
import { RevisionEntity } from './revision.entity.js';
import { sql } from '../../platform/database/sql.js';

export interface NewComment {
  readonly id: CommentId;
  readonly storyId: StoryId;
  readonly parentId: CommentId | null;
  readonly authorId: ReaderId;
  /** Key of the author's effective tier. */
  readonly authorTier: string | null;
  readonly text: NewText;
  readonly at: Date;
}

export type NewText = Readonly<Pick<RevisionEntity, 'body' | 'html' | 'fingerprint'>>;

/** Why a reply is not stored: the author cannot see the parent, or the parent no longer accepts replies. */
export type ParentRefusal = 'parent-not-found' | 'parent-not-published';
type StoreRefusal = ParentRefusal | 'facts-changed';

export type StoreResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: ParentRefusal }
  | { readonly ok: false; readonly refusal: 'facts-changed'; readonly facts: string };

/** A comment with its newest text. */
export type LockedComment = Readonly<
  Pick<CommentEntity, 'storyId' | 'parentId' | 'authorId' | 'status' | 'revision' | 'visible' | 'createdAt'>
> &
  Pick<NewText, 'body'>;

interface InsertOptions {
  /**
   * Facts about the author that the gate was evaluated with. If the facts in the database differ, nothing is stored and
   * the current ones are returned. Null skips the comparison.
   */
  readonly expectedFacts?: string | null;
  /** From `KeyedWrite`, stored with the comment; null for a request without a key. */
  readonly idempotencyRecord?: string | null;
}

/** Round trips dominate the cost of this path, so one database function does all the work. */
const INSERT_COMMENT = sql`SELECT refusal, facts::text AS facts
  FROM store_comment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

/** Stores comments and their texts, and locks comments for changes. `CommentTransitions` changes their status. */
@Injectable()
export class CommentRepository {
  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
  ) {}

  /**
   * Stores a new comment as pending, with its first text and `comment.submitted`. Joins the open transaction if there
   * is one; otherwise the same round trip also commits.
   *
   * @throws PB001 if another request has used the idempotency key
   */
  async insert(
    ctx: SiteContext,
    comment: NewComment,
    author: { readonly key: string },
    event: CommentEvent,
    { expectedFacts = null, idempotencyRecord = null }: InsertOptions = {},
  ): Promise<StoreResult> {
    const { body, html, fingerprint } = comment.text;
    const values = [
      expectedFacts,
      author.key,
      comment.authorId,
      comment.authorTier,
      comment.id,
      comment.storyId,
      comment.parentId,
      comment.at,
      newId<'revision'>(),
      body,
      html,
      fingerprint,
      JSON.stringify(event),
      idempotencyRecord,
    ];
    const [row] = await this.database.statement<{ refusal: StoreRefusal | null; facts: string | null }>(
      ctx,
      'comment-store',
      INSERT_COMMENT,
      values,
    );
    if (row.refusal === 'facts-changed') return { ok: false, refusal: row.refusal, facts: row.facts! };
    return row.refusal ? { ok: false, refusal: row.refusal } : { ok: true };
  }

  /** Wakes the relays once the inserted rows are committed. */
  wakeRelay(tx: Tx | null): Promise<void> {
    if (tx) return this.pubsub.publish(tx, OUTBOX_TOPIC, '');
    this.database.afterCommit(() => this.pubsub.announce(OUTBOX_TOPIC, ''));
    return Promise.resolve();
  }

  /**
   * Locks the comment until the transaction ends.
   *
   * @returns null if the site has no such comment
   */
  async lock(tx: Tx, ctx: SiteContext, commentId: CommentId): Promise<LockedComment | null> {
    const [comment] = await tx.query<Omit<LockedComment, 'body'>>(
      sql`SELECT story_id AS "storyId", parent_id AS "parentId", author_id AS "authorId", status, revision, visible,
         created_at AS "createdAt"
       FROM comment WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [ctx.siteId, commentId],
    );
    if (!comment) return null;
    // Read the text in a second statement after the lock is held: the first statement does not see a revision that was
    // written while it waited.
    const { body } = await tx.manager
      .getRepository(RevisionEntity)
      .findOneByOrFail({ siteId: ctx.siteId, commentId, number: comment.revision });
    return { ...comment, body };
  }

  async addRevision(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    number: number,
    { body, html, fingerprint }: NewText,
    createdAt: Date,
  ): Promise<void> {
    const revision = { siteId: ctx.siteId, id: newId<'revision'>(), commentId, number, createdAt };
    await tx.manager.getRepository(RevisionEntity).insert({ ...revision, body, html, fingerprint });
  }
}
