import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import type { CommentId, DecisionId, ReaderId, StoryId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ruleReasonText } from '../sites/rule-reason-text.js';
import {
  eventTypeOf,
  isRefused,
  isTransitionAllowed,
  type CommentStatus,
  type TransitionCause,
} from './comment-status.js';
import type { CommentEntity } from './comment.entity.js';
import type { CommentEvent, EventDecision } from './comments.events.js';
import { threadChangedMessage, threadTopic } from './thread-changed-message.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export interface Transition {
  commentId: CommentId;
  /** The state that the caller expects. If the comment is no longer in it, nothing changes. */
  expect: { status: readonly CommentStatus[]; revision: number };
  /** With `moderated`, may equal the current status, which only closes the open flags; with `undone`, reverses that. */
  to: CommentStatus;
  cause: TransitionCause;
  /** If a moderator made the decision, the open flags are closed and store its id. */
  decision?: EventDecision;
  /**
   * Text that explains a hold or refusal to the author. If absent or null, the text for the rule is used, or
   * a general one.
   */
  reasonText?: string | null;
  /** With `undone`: the decision to undo. The flags that it closed are reopened. */
  undoes?: DecisionId;
  /** If absent: false after a moderator's decision and for deleted comments, otherwise unchanged. */
  escalated?: boolean;
  /** How close the comment came to being held, see `riskOf`. If absent, unchanged. */
  risk?: number;
  /** Language of the scored text: ISO 639-1, or `und`. If absent, unchanged. */
  language?: string;
  /** With `edited`: the old text stays visible while the new one is scored. */
  keepsOldTextVisible?: boolean;
}

export type TransitionResult =
  | { ok: true; from: CommentStatus; revision: number; storyId: StoryId; authorId: ReaderId }
  /**
   * The comment was not in the expected state, or the change is not allowed. `current` is null if the comment does not
   * exist.
   */
  | { ok: false; current: { status: CommentStatus; revision: number } | null };

type LockedRow = Pick<
  CommentEntity,
  'status' | 'revision' | 'visible' | 'shownRevision' | 'parentId' | 'storyId' | 'authorId' | 'pageLanguage'
> & {
  storyKey: string;
  readerKey: string;
  ancestors: CommentId[];
};

// A new reply updates the reply counts of at most this many ancestors, plus the top-level comment.
const MAX_LEVELS = 100;

export const LOCK_COMMENT = composeSql`
  SELECT c.status, c.revision, c.visible, c.shown_revision AS "shownRevision", c.parent_id AS "parentId",
    c.story_id AS "storyId", s.key AS "storyKey", c.author_id AS "authorId", r.key AS "readerKey", c.page_language AS "pageLanguage",
    CASE WHEN c.parent_id IS NULL THEN '{}'::uuid[] ELSE ARRAY(
      WITH RECURSIVE ancestor AS (
        SELECT p.id, p.parent_id, 1 AS level FROM comment p WHERE p.site_id = c.site_id AND p.id = c.parent_id
        UNION ALL
        SELECT p.id, p.parent_id, ancestor.level + 1
        FROM ancestor JOIN comment p ON p.site_id = c.site_id AND p.id = ancestor.parent_id
        WHERE ancestor.level < ${MAX_LEVELS}
      )
      SELECT id FROM ancestor UNION SELECT c.root_id
    ) END AS ancestors
  FROM comment c
  JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  WHERE c.site_id = $1 AND c.id = $2
  FOR NO KEY UPDATE OF c`;

// Rows are locked in the same order everywhere, so that concurrent transitions cannot deadlock: the comment, its
// ancestors from newest to oldest, the story, the reader. Each step reads from the previous one, which enforces the
// order.
const APPLY_TRANSITION = sql`
  WITH closed AS (
    UPDATE flag SET closed_at = $3, closed_by = $4
    WHERE site_id = $1 AND comment_id = $2 AND closed_at IS NULL AND $5::boolean
    RETURNING 1
  ), reopened AS (
    UPDATE flag SET closed_at = NULL, closed_by = NULL
    WHERE site_id = $1 AND comment_id = $2 AND closed_by = $6
    RETURNING 1
  ), changed AS (
    UPDATE comment SET
      status = $7, revision = $8, visible = $9, shown_revision = $10, risk = coalesce($11, risk), language = coalesce($18, language),
      flag_count = CASE WHEN $5 THEN 0 ELSE flag_count END + (SELECT count(*) FROM reopened),
      escalated = coalesce($12, escalated),
      reason = CASE WHEN $7 IN ('rejected', 'removed') THEN $17::text END,
      reason_text = CASE WHEN $7 IN ('held', 'rejected', 'removed') THEN $19::text END,
      pending_since = CASE WHEN $7 = 'pending' THEN $3::timestamptz END,
      published_at = CASE WHEN $7 = 'published' THEN coalesce(published_at, $3) ELSE published_at END,
      waiting_since = CASE
        WHEN $7 = 'held' THEN coalesce(waiting_since, $3)
        WHEN $7 = 'published' AND (NOT $5 AND flag_count > 0 OR EXISTS (SELECT FROM reopened)) THEN coalesce(waiting_since, $3)
      END
    WHERE site_id = $1 AND id = $2
    RETURNING story_id, author_id
  ), ancestors AS MATERIALIZED (
    SELECT id FROM comment
    WHERE site_id = $1 AND id = ANY ($13::uuid[]) AND $14::int <> 0 AND EXISTS (SELECT FROM changed)
    ORDER BY id DESC FOR NO KEY UPDATE
  ), counted_replies AS (
    UPDATE comment c SET reply_count = c.reply_count + $14
    FROM ancestors a WHERE c.site_id = $1 AND c.id = a.id
    RETURNING c.id
  ), counted_comments AS (
    UPDATE story SET comment_count = comment_count + $14
    WHERE site_id = $1 AND id = (SELECT story_id FROM changed) AND $14 <> 0 AND (SELECT count(*) FROM counted_replies) >= 0
    RETURNING id
  )
  UPDATE reader SET published_count = published_count + $15, rejected_count = greatest(0, rejected_count + $16)
  WHERE site_id = $1 AND id = (SELECT author_id FROM changed) AND ($15 <> 0 OR $16 <> 0) AND (SELECT count(*) FROM counted_comments) >= 0`;

/** Deleting a rejected comment does not improve the author's record. */
function rejectedCountChange(from: CommentStatus, to: CommentStatus): number {
  if (to === 'deleted') return 0;
  return Number(isRefused(to)) - Number(isRefused(from));
}

/** Returns the text that explains a hold or refusal to the author, or null for every other status. */
function reasonTextOf({ to, decision, reasonText }: Transition, { pageLanguage }: LockedRow): string | null {
  if (to !== 'held' && to !== 'rejected' && to !== 'removed') return null;
  if (reasonText) return reasonText;
  // The text of a site's own reason is looked up when the comment is read.
  return decision?.reason === undefined ? ruleReasonText(decision?.rule ?? null, to, pageLanguage) : null;
}

/** The only service that changes a comment's status. */
@Injectable()
export class CommentTransitions {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
  ) {}

  /**
   * Changes a comment's status according to the table in `comment-status.ts`, and everything that depends on
   * it: the visible text, the counts of its ancestors, story and author, open flags, the event in the outbox, and
   * the notification of all processes. Locks the comment until the transaction ends. Callers that change several
   * comments in one transaction must start with the newest.
   */
  async apply(tx: Tx, ctx: SiteContext, transition: Transition): Promise<TransitionResult> {
    const [comment] = await tx.prepared<LockedRow>('comment-lock', LOCK_COMMENT, [
      ctx.siteId,
      transition.commentId,
    ]);
    if (!comment) return { ok: false, current: null };
    const { status: from, revision: currentRevision } = comment;
    const keepsStatus =
      (transition.cause === 'moderated' || transition.cause === 'undone') && from === transition.to;
    if (
      !transition.expect.status.includes(from) ||
      transition.expect.revision !== currentRevision ||
      !(keepsStatus || isTransitionAllowed(from, transition.to, transition.cause))
    ) {
      return { ok: false, current: { status: from, revision: currentRevision } };
    }

    const revision = transition.cause === 'edited' ? currentRevision + 1 : currentRevision;
    const isVisible =
      transition.to === 'published' ||
      (transition.to === 'pending' && comment.visible && transition.keepsOldTextVisible === true);
    const reasonText = reasonTextOf(transition, comment);
    const closesFlags = transition.cause === 'moderated' || transition.cause === 'deleted';
    tx.write('comment-transition', APPLY_TRANSITION, [
      ctx.siteId,
      transition.commentId,
      this.clock.now(),
      transition.decision?.id ?? null,
      closesFlags,
      transition.undoes ?? null,
      transition.to,
      revision,
      isVisible,
      transition.to === 'published' ? revision : comment.shownRevision,
      transition.risk ?? null,
      transition.escalated ?? (closesFlags ? false : null),
      comment.ancestors,
      Number(isVisible) - Number(comment.visible),
      Number(transition.to === 'published') - Number(from === 'published'),
      rejectedCountChange(from, transition.to),
      transition.decision?.reason ?? null,
      transition.language ?? null,
      reasonText,
    ]);
    await this.publishTransition(tx, ctx, { ...transition, reasonText }, comment, revision, isVisible);
    return { ok: true, from, revision, storyId: comment.storyId, authorId: comment.authorId };
  }

  private async publishTransition(
    tx: Tx,
    ctx: SiteContext,
    transition: Transition,
    before: LockedRow,
    revision: number,
    isVisible: boolean,
  ): Promise<void> {
    const type =
      before.status === transition.to && transition.cause !== 'edited'
        ? null
        : eventTypeOf(before.status, transition.to);
    if (type) {
      const payload: CommentEvent = {
        commentId: transition.commentId,
        storyId: before.storyId,
        storyKey: before.storyKey,
        parentId: before.parentId,
        authorId: before.authorId,
        readerKey: before.readerKey,
        status: transition.to,
        from: before.status,
        revision,
        wasVisible: before.visible,
        isVisible,
        lastShownRevision: before.shownRevision,
        ...(transition.decision ? { decision: transition.decision } : {}),
        ...(transition.reasonText ? { reasonText: transition.reasonText } : {}),
      };
      await this.outbox.add(tx, ctx, {
        type,
        subject: `comment:${transition.commentId}`,
        payload: { ...payload },
      });
    }
    if (before.visible || isVisible) {
      await this.pubsub.publish(
        tx,
        threadTopic(ctx.siteId, before.storyId),
        threadChangedMessage(ctx.siteId, before.storyId),
      );
    }
    await this.pubsub.publish(
      tx,
      `queue:${ctx.siteId}`,
      JSON.stringify({ commentId: transition.commentId, from: before.status, status: transition.to }),
    );
  }
}
