import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { sectionsOn } from '../../platform/auth/principal.js';
import type { Tx } from '../../platform/database/database.js';
import type { BulkDecisionId, CommentId, DecisionId, ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { narrowSql, WAITING_COLUMNS, type NarrowedQueue, type QueueFilter } from './queue-filter.js';
import { NOT_IN_BULK } from './queue-page.sql.js';
import type { QueueState } from './queue-states.js';
import { BulkDecisionEntity } from './bulk-decision.entity.js';
import { BulkItemEntity } from './bulk-item.entity.js';
import { type Sql, composeSql, sql } from '../../platform/database/sql.js';

export interface BulkDecision extends Omit<BulkDecisionEntity, 'siteId'> {
  moderatorName: string | null;
  total: number;
  decided: number;
  /** Number of skipped comments by reason. */
  skipped: Record<string, number>;
}

export type NewBulkDecision = Pick<
  BulkDecision,
  'id' | 'moderatorId' | 'apiCaller' | 'action' | 'reason' | 'note' | 'createdAt' | 'dueAt'
>;

// Excludes comments that another moderator has claimed.
const notClaimedSql = (
  comment: 'c.id' | 'e.comment_id',
  moderator: '$3' | '$5',
  now: '$4' | '$6',
): Sql => composeSql`NOT EXISTS (
  SELECT FROM queue_claim q WHERE q.site_id = $1 AND q.comment_id = ${comment} AND q.until > ${now}
    AND q.moderator_id IS DISTINCT FROM ${moderator}::uuid)`;

// Number of decisions by people when the bulk decision is created. A comment with more of them later is skipped.
const DECISION_COUNT = composeSql`(SELECT count(*)::int FROM decision d
  WHERE d.site_id = $1 AND d.comment_id = c.id AND d.decided_by = 'moderator')`;

/** SQL list of the statuses from which a comment can still be removed. */
export const REMOVABLE = composeSql`'pending', 'held', 'published'`;

export const ADD_SELECTED_COMMENTS = composeSql`INSERT INTO bulk_item (site_id, bulk_id, comment_id, revision, decision_count)
   SELECT c.site_id, $2, c.id, c.revision, ${DECISION_COUNT}
   FROM unnest($3::uuid[], $4::int[]) AS selected (id, revision)
   JOIN comment c ON c.site_id = $1 AND c.id = selected.id AND c.revision = selected.revision
   WHERE ${notClaimedSql('c.id', '$5', '$6')}
   ORDER BY c.id DESC ON CONFLICT DO NOTHING RETURNING 1 AS added`;

export const ADD_COMMENTS_OF_AUTHOR = composeSql`INSERT INTO bulk_item (site_id, bulk_id, comment_id, revision, decision_count)
   SELECT c.site_id, $2, c.id, c.revision, ${DECISION_COUNT} FROM comment c
   WHERE c.site_id = $1 AND c.author_id = $5 AND c.status IN (${REMOVABLE})
     AND ${notClaimedSql('c.id', '$3', '$4')}
   ORDER BY c.id DESC LIMIT $6 ON CONFLICT DO NOTHING RETURNING 1 AS added`;

/**
 * Adds the comments of a filtered list, longest waiting first. $1 is the site, $2 the bulk decision, $3 the moderator,
 * $4 the time, $5 the state, $6 the maximum number.
 *
 * @param values contains these six; those of the filter are appended
 */
export const addFilteredSql = (narrowed: NarrowedQueue, values: unknown[]): Sql => composeSql`
  INSERT INTO bulk_item (site_id, bulk_id, comment_id, revision, decision_count)
  SELECT c.site_id, $2, c.id, c.revision, ${DECISION_COUNT} FROM (
    SELECT e.comment_id FROM queue_entry e
    WHERE e.site_id = $1 AND e.state = $5 AND ${NOT_IN_BULK}
      AND ${notClaimedSql('e.comment_id', '$3', '$4')}${narrowSql(narrowed, WAITING_COLUMNS, values)}
    ORDER BY e.waiting_since, e.comment_id LIMIT $6
  ) e JOIN comment c ON c.site_id = $1 AND c.id = e.comment_id
  ORDER BY c.id DESC ON CONFLICT DO NOTHING RETURNING 1 AS added`;

/** Stores bulk decisions and the comments that they apply to. */
@Injectable()
export class BulkDecisionRepository {
  async insert(tx: Tx, ctx: SiteContext, bulk: NewBulkDecision): Promise<void> {
    await tx.manager.insert(BulkDecisionEntity, { siteId: ctx.siteId, ...bulk });
  }

  /** Adds the selected comments, except those that were edited since or that another moderator has claimed. */
  async addSelection(
    tx: Tx,
    ctx: SiteContext,
    bulk: NewBulkDecision,
    comments: readonly { commentId: CommentId; revision: number }[],
  ): Promise<number> {
    const added = await tx.query(ADD_SELECTED_COMMENTS, [
      ctx.siteId,
      bulk.id,
      comments.map(({ commentId }) => commentId),
      comments.map(({ revision }) => revision),
      bulk.moderatorId,
      bulk.createdAt,
    ]);
    return added.length;
  }

  /** Adds all comments that the filter matches now, longest waiting first, up to `max`. */
  async addFiltered(
    tx: Tx,
    ctx: SiteContext,
    bulk: NewBulkDecision,
    selection: { state: QueueState; filter: QueueFilter; max: number },
  ): Promise<number> {
    const values: unknown[] = [
      ctx.siteId,
      bulk.id,
      bulk.moderatorId,
      bulk.createdAt,
      selection.state,
      selection.max,
    ];
    const sections = sectionsOn(ctx.principal, ctx.siteId);
    const narrowed = { filter: selection.filter, sections, now: bulk.createdAt };
    const added = await tx.query(addFilteredSql(narrowed, values), values);
    return added.length;
  }

  /** Adds all comments of a reader that are visible or may become visible, newest first, up to `max`. */
  async addByAuthor(
    tx: Tx,
    ctx: SiteContext,
    bulk: NewBulkDecision,
    selection: { authorId: ReaderId; max: number },
  ): Promise<number> {
    const added = await tx.query(ADD_COMMENTS_OF_AUTHOR, [
      ctx.siteId,
      bulk.id,
      bulk.moderatorId,
      bulk.createdAt,
      selection.authorId,
      selection.max,
    ]);
    return added.length;
  }

  async find(tx: Tx, ctx: Pick<SiteContext, 'siteId'>, id: BulkDecisionId): Promise<BulkDecision | null> {
    const [row] = await tx.query<BulkDecision>(
      sql`SELECT b.id, b.moderator_id AS "moderatorId", m.name AS "moderatorName", b.api_caller AS "apiCaller", b.action,
         b.reason, b.note, b.state, b.created_at AS "createdAt", b.due_at AS "dueAt", b.ended_at AS "endedAt",
         coalesce(sum(i.n), 0)::int AS total, coalesce(sum(i.n) FILTER (WHERE i.outcome = 'decided'), 0)::int AS decided,
         coalesce(json_object_agg(i.outcome, i.n) FILTER (WHERE i.outcome NOT IN ('decided', 'undone')), '{}') AS "skipped"
       FROM bulk_decision b
       LEFT JOIN moderator m ON m.id = b.moderator_id
       LEFT JOIN LATERAL (
         SELECT outcome, count(*)::int AS n FROM bulk_item i WHERE i.site_id = b.site_id AND i.bulk_id = b.id GROUP BY outcome
       ) i ON true
       WHERE b.site_id = $1 AND b.id = $2
       GROUP BY b.site_id, b.id, m.name`,
      [ctx.siteId, id],
    );
    return row ?? null;
  }

  /** @returns false if it has already started or was undone */
  async undo(tx: Tx, ctx: SiteContext, id: BulkDecisionId, at: Date): Promise<boolean> {
    const { siteId } = ctx;
    const { affected } = await tx.manager.update(
      BulkDecisionEntity,
      { siteId, id, state: 'waiting', dueAt: MoreThan(at) },
      { state: 'undone', endedAt: at },
    );
    if (affected === 0) return false;
    await tx.manager.update(BulkItemEntity, { siteId, bulkId: id }, { outcome: 'undone' });
    return true;
  }

  /**
   * Starts the bulk decision, which then can no longer be undone.
   * @returns null if it was undone, is complete, or is not due
   */
  async begin(
    tx: Tx,
    ctx: Pick<SiteContext, 'siteId'>,
    id: BulkDecisionId,
    at: Date,
  ): Promise<Pick<
    BulkDecision,
    'moderatorId' | 'moderatorName' | 'apiCaller' | 'action' | 'reason' | 'note'
  > | null> {
    const [row] = await tx.query<BulkDecision>(
      sql`UPDATE bulk_decision b SET state = 'applying'
       WHERE b.site_id = $1 AND b.id = $2 AND b.state IN ('waiting', 'applying') AND b.due_at <= $3
       RETURNING b.moderator_id AS "moderatorId", (SELECT name FROM moderator m WHERE m.id = b.moderator_id) AS "moderatorName",
         b.api_caller AS "apiCaller", b.action, b.reason, b.note`,
      [ctx.siteId, id, at],
    );
    return row ?? null;
  }

  async listRemaining(
    tx: Tx,
    ctx: Pick<SiteContext, 'siteId'>,
    id: BulkDecisionId,
    max: number,
  ): Promise<CommentId[]> {
    const rows = await tx.query<{ id: CommentId }>(
      sql`SELECT comment_id AS id FROM bulk_item WHERE site_id = $1 AND bulk_id = $2 AND outcome IS NULL
       ORDER BY comment_id DESC LIMIT $3`,
      [ctx.siteId, id, max],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Locks one item that is not decided yet.
   *
   * @returns its revision, and the number of decisions by people when it was selected (null: unknown). Null if another
   *   worker has locked or decided the item
   */
  async lockItem(
    tx: Tx,
    ctx: Pick<SiteContext, 'siteId'>,
    id: BulkDecisionId,
    commentId: CommentId,
  ): Promise<{ revision: number; decisionCount: number | null } | null> {
    const [row] = await tx.query<{ revision: number; decisionCount: number | null }>(
      sql`SELECT revision, decision_count AS "decisionCount" FROM bulk_item
       WHERE site_id = $1 AND bulk_id = $2 AND comment_id = $3 AND outcome IS NULL FOR UPDATE SKIP LOCKED`,
      [ctx.siteId, id, commentId],
    );
    return row ?? null;
  }

  async recordOutcome(
    tx: Tx,
    ctx: Pick<SiteContext, 'siteId'>,
    item: { id: BulkDecisionId; commentId: CommentId; outcome: string; decisionId: DecisionId | null },
  ): Promise<void> {
    await tx.query(
      sql`UPDATE bulk_item SET outcome = $4, decision_id = $5
       WHERE site_id = $1 AND bulk_id = $2 AND comment_id = $3 AND outcome IS NULL`,
      [ctx.siteId, item.id, item.commentId, item.outcome, item.decisionId],
    );
  }

  /** @returns whether the bulk decision is complete: no item is left */
  async end(tx: Tx, ctx: Pick<SiteContext, 'siteId'>, id: BulkDecisionId, at: Date): Promise<boolean> {
    const ended = await tx.query(
      sql`UPDATE bulk_decision b SET state = 'done', ended_at = $3
       WHERE b.site_id = $1 AND b.id = $2 AND b.state = 'applying' AND NOT EXISTS (
         SELECT FROM bulk_item i WHERE i.site_id = $1 AND i.bulk_id = $2 AND i.outcome IS NULL)
       RETURNING b.id`,
      [ctx.siteId, id, at],
    );
    return ended.length === 1;
  }

  /** Bulk decisions of all sites that can no longer be undone and are not complete, earliest first. */
  listDue(tx: Tx, at: Date, max: number): Promise<{ siteId: SiteContext['siteId']; id: BulkDecisionId }[]> {
    return tx.query(sql`SELECT site_id AS "siteId", id FROM due_bulk_decisions($1, $2)`, [at, max]);
  }
}
