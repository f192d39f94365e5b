import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { AppealId, CommentId, DecisionId, ModeratorId, ReaderId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentStatus } from '../comments/comment-status.js';
import { claimOrderSql, isOwnCommentSql, lastRefusalSql } from './queue-item.sql.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export type DecisionAction =
  'publish' | 'hold' | 'approve' | 'reject' | 'remove' | 'restore' | 'escalate' | 'undo';

export interface NewDecision {
  id: DecisionId;
  commentId: CommentId;
  revision: number;
  action: DecisionAction;
  rule?: { key: string; text: string };
  moderatorId?: ModeratorId | null;
  apiCaller?: string | null;
  reason?: string | null;
  /** The text shown to the author. */
  reasonText?: string | null;
  note?: string | null;
  from: CommentStatus;
  to: CommentStatus;
  /** State of the comment before the decision, which an undo restores. Omitted if it cannot be undone. */
  before?: Pick<LockedComment, 'escalated' | 'waitingSince' | 'reason' | 'reasonText'>;
  reverses?: DecisionId;
  policyVersion: number;
  createdAt: Date;
}

/** A locked comment, with everything that a decision about it depends on. */
export interface LockedComment {
  id: CommentId;
  storyId: StoryId;
  storyKey: string;
  parentId: CommentId | null;
  authorId: ReaderId;
  readerKey: string;
  status: CommentStatus;
  revision: number;
  visible: boolean;
  shownRevision: number | null;
  escalated: boolean;
  flagCount: number;
  waitingSince: Date | null;
  reason: string | null;
  /** The text shown to the author. */
  reasonText: string | null;
  /** Language of the page it was written on: ISO 639-1; null: not stated. */
  pageLanguage: string | null;
  appealId: AppealId | null;
  /** Whether it is part of a bulk decision that is not applied yet. */
  isInBulk: boolean;
  /** Whether the moderator who decides wrote it. */
  isOwn: boolean;
  /** Whether its story is in strict mode with named moderators who do not include the one who decides. */
  isExcludedByStrictMode: boolean;
  /** Number of decisions by people so far, including undone ones and undos. */
  decisionCount: number;
  /** When the latest of them was stored, by the database's clock; null: none, or it predates this column. */
  lastDecidedAt: Date | null;
}

/** The state of a comment's decisions that a request was based on. A request is refused if there is a newer decision. */
export interface DecisionBaseline {
  /** Number of committed decisions by people. */
  count: number;
  /** When the request arrived, by the database's clock. */
  arrivedAt: Date;
}

export interface StoredDecision {
  id: DecisionId;
  commentId: CommentId;
  revision: number;
  action: DecisionAction;
  by: 'rule' | 'moderator';
  moderatorId: ModeratorId | null;
  moderatorName: string | null;
  apiCaller: string | null;
  from: CommentStatus;
  to: CommentStatus;
  wasEscalated: boolean;
  wasWaitingSince: Date | null;
  wasReason: string | null;
  wasReasonText: string | null;
  reversedBy: DecisionId | null;
  createdAt: Date;
}

const LOCK_COMMENT = sql`SELECT id FROM comment WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`;

// A separate statement after the lock. A statement that waits for a lock keeps its old snapshot and re-reads only the
// locked row, so it would miss an appeal or a decision that was committed in the meantime.
export const COMMENT_STATE = composeSql`
  SELECT c.id, c.story_id AS "storyId", s.key AS "storyKey", c.parent_id AS "parentId", c.author_id AS "authorId",
    r.key AS "readerKey", c.status, c.revision, c.visible, c.shown_revision AS "shownRevision", c.escalated,
    c.flag_count AS "flagCount", c.waiting_since AS "waitingSince", c.reason,
    c.reason_text AS "reasonText", c.page_language AS "pageLanguage",
    (SELECT a.id FROM appeal a WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open') AS "appealId",
    EXISTS (SELECT FROM bulk_item i WHERE i.site_id = c.site_id AND i.comment_id = c.id AND i.outcome IS NULL) AS "isInBulk",
    ${isOwnCommentSql('$3')} AS "isOwn",
    $3::uuid IS NOT NULL AND EXISTS (SELECT FROM strict_story x
      WHERE x.site_id = c.site_id AND x.story_id = c.story_id AND x.moderators <> '{}' AND $3 <> ALL (x.moderators)
        AND (x.ends_at IS NULL OR x.ends_at > now())) AS "isExcludedByStrictMode",
    d.count AS "decisionCount", d.last AS "lastDecidedAt"
  FROM comment c
  JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, max(stored_at) AS last FROM decision d
    WHERE d.site_id = c.site_id AND d.comment_id = c.id AND d.decided_by = 'moderator'
  ) d
  WHERE c.site_id = $1 AND c.id = $2`;

const DECISION = composeSql`
  d.id, d.comment_id AS "commentId", d.revision, d.action, d.decided_by AS by, d.moderator_id AS "moderatorId",
  coalesce(m.name, d.imported_by) AS "moderatorName", d.api_caller AS "apiCaller", d.from_status AS "from", d.to_status AS "to",
  d.was_escalated AS "wasEscalated", d.was_waiting_since AS "wasWaitingSince", d.was_reason AS "wasReason",
  d.was_reason_text AS "wasReasonText",
  (SELECT u.id FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id) AS "reversedBy",
  d.created_at AS "createdAt"`;

export const FIND_DECISION = composeSql`SELECT ${DECISION} FROM decision d LEFT JOIN moderator m ON m.id = d.moderator_id
   WHERE d.site_id = $1 AND d.id = $2`;

export const LATEST_DECISION = composeSql`SELECT ${DECISION} FROM decision d LEFT JOIN moderator m ON m.id = d.moderator_id
   WHERE d.site_id = $1 AND d.comment_id = $2
   ORDER BY d.stored_at DESC NULLS LAST, d.created_at DESC, d.id DESC LIMIT 1`;

export const CLAIMANT = composeSql`SELECT m.id, m.name FROM queue_claim q JOIN moderator m ON m.id = q.moderator_id
   WHERE q.site_id = $1 AND q.comment_id = $2 AND q.until > $3 ORDER BY ${claimOrderSql('$3')} LIMIT 1`;

/** Adds decisions, which never change, and updates queue entries and appeals with them. */
@Injectable()
export class DecisionRepository {
  /**
   * Reads the decisions that the caller could know about. Call it before requesting the lock.
   *
   * @param waitedMs how long ago the request arrived in this process
   */
  async readBaseline(tx: Tx, ctx: SiteContext, id: CommentId, waitedMs: number): Promise<DecisionBaseline> {
    const [row] = await tx.prepared<DecisionBaseline>(
      'decision-baseline',
      sql`SELECT count(*)::int AS count, statement_timestamp() - $3::float8 * interval '1 millisecond' AS "arrivedAt"
       FROM decision WHERE site_id = $1 AND comment_id = $2 AND decided_by = 'moderator'`,
      [ctx.siteId, id, waitedMs],
    );
    return row;
  }

  /**
   * Locks the comment until the transaction ends, then reads everything that a decision about it depends on.
   *
   * @param moderatorId the moderator who decides; null: a program, to which `isOwn` and strict mode do not apply
   */
  async lockComment(
    tx: Tx,
    ctx: SiteContext,
    id: CommentId,
    moderatorId: ModeratorId | null = null,
  ): Promise<LockedComment | null> {
    tx.write('decision-lock', LOCK_COMMENT, [ctx.siteId, id]);
    const [row] = await tx.prepared<LockedComment>('decision-state', COMMENT_STATE, [
      ctx.siteId,
      id,
      moderatorId,
    ]);
    return row ?? null;
  }

  /**
   * Acquires all locks that the status changes of these comments need, in the global lock order (comments from newest
   * to oldest including their ancestors, then stories, then readers). Changing the comments one after the other in
   * one transaction would hold a story's lock while waiting for the next comment.
   */
  async lockForAll(tx: Tx, ctx: SiteContext, ids: readonly CommentId[]): Promise<void> {
    const rows = await tx.query<{ id: CommentId; storyId: StoryId; authorId: ReaderId }>(
      sql`WITH RECURSIVE up AS (
         SELECT id, parent_id FROM comment WHERE site_id = $1 AND id = ANY ($2::uuid[])
         UNION
         SELECT p.id, p.parent_id FROM up JOIN comment p ON p.site_id = $1 AND p.id = up.parent_id
       )
       SELECT c.id, c.story_id AS "storyId", c.author_id AS "authorId" FROM comment c
       WHERE c.site_id = $1 AND c.id IN (SELECT id FROM up) ORDER BY c.id DESC FOR NO KEY UPDATE`,
      [ctx.siteId, ids],
    );
    await tx.query(
      sql`SELECT id FROM story WHERE site_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [ctx.siteId, rows.map(({ storyId }) => storyId)],
    );
    const authorIds = rows.filter(({ id }) => ids.includes(id)).map(({ authorId }) => authorId);
    await tx.query(
      sql`SELECT id FROM reader WHERE site_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [ctx.siteId, authorIds],
    );
  }

  insert(tx: Tx, ctx: SiteContext, decision: NewDecision): void {
    tx.write(
      'decision-insert',
      sql`INSERT INTO decision (site_id, id, comment_id, revision, action, decided_by, rule_key, rule_text, moderator_id,
         api_caller, reason, note, from_status, to_status, was_escalated, was_waiting_since, was_reason, reverses,
         policy_version, created_at, reason_text, was_reason_text)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
      [
        ctx.siteId,
        decision.id,
        decision.commentId,
        decision.revision,
        decision.action,
        decision.rule ? 'rule' : 'moderator',
        decision.rule?.key ?? null,
        decision.rule?.text ?? null,
        decision.moderatorId ?? null,
        decision.apiCaller ?? null,
        decision.reason ?? null,
        decision.note ?? null,
        decision.from,
        decision.to,
        decision.before?.escalated ?? false,
        decision.before?.waitingSince ?? null,
        decision.before?.reason ?? null,
        decision.reverses ?? null,
        decision.policyVersion,
        decision.createdAt,
        decision.reasonText ?? null,
        decision.before?.reasonText ?? null,
      ],
    );
  }

  async find(tx: Tx, ctx: SiteContext, id: DecisionId): Promise<StoredDecision | null> {
    const [row] = await tx.query<StoredDecision>(FIND_DECISION, [ctx.siteId, id]);
    return row ?? null;
  }

  /** The latest decision about a comment, by a rule or a person. */
  async latest(tx: Tx, ctx: SiteContext, commentId: CommentId): Promise<StoredDecision | null> {
    const [row] = await tx.query<StoredDecision>(LATEST_DECISION, [ctx.siteId, commentId]);
    return row ?? null;
  }

  /** The latest refusal that was not undone, with the person who decided it if it was not a rule. */
  async lastRefusal(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
  ): Promise<{ id: DecisionId; moderatorId: ModeratorId | null; createdAt: Date } | null> {
    const [row] = await tx.query<{ id: DecisionId; moderatorId: ModeratorId | null; createdAt: Date }>(
      lastRefusalSql('$1', '$2'),
      [ctx.siteId, commentId],
    );
    return row ?? null;
  }

  /** Changes the columns from which triggers maintain the queue entry. The caller must hold the comment's lock. */
  async setQueueState(
    tx: Tx,
    ctx: SiteContext,
    id: CommentId,
    queueState: { escalated: boolean; waitingSince: Date | null },
  ): Promise<void> {
    await tx.query(
      sql`UPDATE comment SET escalated = $3, waiting_since = $4 WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, id, queueState.escalated, queueState.waitingSince],
    );
  }

  /** The moderator who holds the claim on the comment. */
  async claimant(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    at: Date,
  ): Promise<{ id: ModeratorId; name: string } | null> {
    const [row] = await tx.prepared<{ id: ModeratorId; name: string }>('decision-claimant', CLAIMANT, [
      ctx.siteId,
      commentId,
      at,
    ]);
    return row ?? null;
  }

  // Not awaited, because nothing depends on it: other decisions about the comment wait for the commit anyway.
  releaseClaims(tx: Tx, ctx: SiteContext, commentId: CommentId): void {
    tx.write('claims-release', sql`DELETE FROM queue_claim WHERE site_id = $1 AND comment_id = $2`, [
      ctx.siteId,
      commentId,
    ]);
  }

  async openAppeal(
    tx: Tx,
    ctx: SiteContext,
    appeal: { id: AppealId; commentId: CommentId; revision: number; text: string; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO appeal (site_id, id, comment_id, revision, text, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (site_id, comment_id, revision) DO NOTHING RETURNING id`,
      [ctx.siteId, appeal.id, appeal.commentId, appeal.revision, appeal.text, appeal.at],
    );
    return rows.length === 1;
  }

  async closeAppeal(
    tx: Tx,
    ctx: SiteContext,
    id: AppealId,
    state: 'upheld' | 'overturned',
    by: DecisionId,
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`UPDATE appeal SET state = $3, decided_at = $4, decided_by = $5 WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, id, state, at, by],
    );
  }

  /** @returns the appeal that this decision had closed and that is open again */
  async reopenAppeal(tx: Tx, ctx: SiteContext, closedBy: DecisionId): Promise<AppealId | null> {
    const [row] = await tx.query<{ id: AppealId }>(
      sql`UPDATE appeal SET state = 'open', decided_at = NULL, decided_by = NULL
       WHERE site_id = $1 AND decided_by = $2 RETURNING id`,
      [ctx.siteId, closedBy],
    );
    return row?.id ?? null;
  }

  /**
   * The number of readers with an open flag. All visitors who are not signed in count as one reader, because otherwise
   * one person with several IP addresses could have any comment hidden.
   */
  async flagWeight(tx: Tx, ctx: SiteContext, commentId: CommentId): Promise<number> {
    const [row] = await tx.query<{ weight: number }>(
      sql`SELECT (count(reader_id) + least(1, count(*) - count(reader_id)))::int AS weight FROM flag
       WHERE site_id = $1 AND comment_id = $2 AND closed_at IS NULL`,
      [ctx.siteId, commentId],
    );
    return row.weight;
  }

  /** Number of open flags by reason, highest first. */
  async flagReasons(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
  ): Promise<{ reason: string; count: number }[]> {
    return tx.query(
      sql`SELECT reason, count(*)::int AS count FROM flag
       WHERE site_id = $1 AND comment_id = $2 AND closed_at IS NULL GROUP BY reason ORDER BY count DESC, reason`,
      [ctx.siteId, commentId],
    );
  }
}
