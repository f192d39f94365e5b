import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import { firstIdAt, type CommentId, type DecisionId, type Id } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SampleDrawId } from './draw-sample.job.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type SampleId = Id<'sample'>;

/** How many automatic decisions are sampled per week. */
export interface Sampling {
  readonly published: number;
  readonly rejected: number;
  /** Percentage of the samples that two people review. */
  readonly twicePercent: number;
}

export const DEFAULT_SAMPLING: Sampling = { published: 60, rejected: 20, twicePercent: 20 };

export interface SampleDraw {
  readonly id: SampleDrawId;
  readonly since: Date;
  readonly until: Date;
  readonly isWeekly: boolean;
  /** How many decisions there were, and how many were sampled; null: not drawn yet. */
  readonly publishedOf: number | null;
  readonly published: number | null;
  readonly rejectedOf: number | null;
  readonly rejected: number | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}

/** An automatic decision that was sampled. */
export interface DrawnDecision {
  readonly decisionId: DecisionId;
  readonly commentId: CommentId;
  readonly revision: number;
  readonly outcome: 'publish' | 'reject';
  readonly ruleKey: string;
  readonly scores: Record<string, number>;
}

const DRAW = composeSql`id, since, until, is_weekly AS "isWeekly", published_of AS "publishedOf", published,
  rejected_of AS "rejectedOf", rejected, created_at AS "createdAt", done_at AS "doneAt"`;

// A rule decides each revision only once while it is pending, so each revision has only one decision that can be
// sampled.
const AUTOMATIC = composeSql`d.site_id = $1 AND d.id >= $2::uuid AND d.id < $3::uuid AND d.decided_by = 'rule'
  AND d.from_status = 'pending'`;

export const DRAWS = composeSql`SELECT ${DRAW} FROM sample_draw WHERE site_id = $1 ORDER BY since DESC LIMIT 50`;

export const LOCK_DRAW = composeSql`SELECT ${DRAW} FROM sample_draw WHERE site_id = $1 AND id = $2 AND done_at IS NULL FOR UPDATE`;

export const COUNT_AUTOMATIC_DECISIONS = composeSql`SELECT count(*) FILTER (WHERE d.action = 'publish')::int AS published,
     count(*) FILTER (WHERE d.action = 'reject')::int AS rejected
   FROM decision d WHERE ${AUTOMATIC}`;

export const PICK_DECISIONS = composeSql`SELECT d.id AS "decisionId", d.comment_id AS "commentId", d.revision, d.action AS outcome,
     d.rule_key AS "ruleKey",
     coalesce((SELECT json_object_agg(x.label, x.value) FROM revision v
       JOIN score x ON x.site_id = v.site_id AND x.revision_id = v.id
       WHERE v.site_id = $1 AND v.comment_id = d.comment_id AND v.number = d.revision), '{}') AS scores
   FROM (
     SELECT d.* FROM decision d WHERE ${AUTOMATIC} AND d.action = $4 ORDER BY random() LIMIT $5) d
   JOIN comment c ON c.site_id = $1 AND c.id = d.comment_id AND c.status <> 'deleted'`;

@Injectable()
export class SamplingRepository {
  async settings(tx: Tx, ctx: SiteContext): Promise<Sampling> {
    const [row] = await tx.query<Sampling>(
      sql`SELECT published, rejected, twice_percent AS "twicePercent" FROM sampling WHERE site_id = $1`,
      [ctx.siteId],
    );
    return row ?? DEFAULT_SAMPLING;
  }

  async set(tx: Tx, ctx: SiteContext, { published, rejected, twicePercent }: Sampling): Promise<void> {
    await tx.query(
      sql`INSERT INTO sampling (site_id, published, rejected, twice_percent) VALUES ($1, $2, $3, $4)
       ON CONFLICT (site_id) DO UPDATE SET published = excluded.published, rejected = excluded.rejected,
         twice_percent = excluded.twice_percent`,
      [ctx.siteId, published, rejected, twicePercent],
    );
  }

  /** The latest 50, newest first. */
  draws(tx: Tx, ctx: SiteContext): Promise<SampleDraw[]> {
    return tx.query<SampleDraw>(DRAWS, [ctx.siteId]);
  }

  /** @returns false if another process has begun a draw with the same start */
  async begin(
    tx: Tx,
    ctx: SiteContext,
    draw: Pick<SampleDraw, 'id' | 'since' | 'until' | 'isWeekly' | 'createdAt'>,
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO sample_draw (site_id, id, since, until, is_weekly, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (site_id, since) DO NOTHING RETURNING id`,
      [ctx.siteId, draw.id, draw.since, draw.until, draw.isWeekly, draw.createdAt],
    );
    return rows.length === 1;
  }

  /**
   * Locks the row until the transaction ends.
   * @returns null if the draw is done, or was deleted with its site
   */
  async claim(tx: Tx, ctx: SiteContext, id: SampleDrawId): Promise<SampleDraw | null> {
    const [row] = await tx.query<SampleDraw>(LOCK_DRAW, [ctx.siteId, id]);
    return row ?? null;
  }

  async population(
    tx: Tx,
    ctx: SiteContext,
    { since, until }: Pick<SampleDraw, 'since' | 'until'>,
  ): Promise<{ published: number; rejected: number }> {
    const [row] = await tx.query<{ published: number; rejected: number }>(COUNT_AUTOMATIC_DECISIONS, [
      ctx.siteId,
      firstIdAt(since.getTime()),
      firstIdAt(until.getTime()),
    ]);
    return row;
  }

  /** Picks decisions of the period at random, except those about comments that were deleted since. */
  pick(
    tx: Tx,
    ctx: SiteContext,
    { since, until }: Pick<SampleDraw, 'since' | 'until'>,
    outcome: DrawnDecision['outcome'],
    rows: number,
  ): Promise<DrawnDecision[]> {
    return tx.query<DrawnDecision>(PICK_DECISIONS, [
      ctx.siteId,
      firstIdAt(since.getTime()),
      firstIdAt(until.getTime()),
      outcome,
      rows,
    ]);
  }

  async add(
    tx: Tx,
    ctx: SiteContext,
    drawId: SampleDrawId,
    samples: readonly (DrawnDecision & { id: SampleId; wanted: 1 | 2 })[],
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO sample (site_id, id, draw_id, decision_id, comment_id, revision, outcome, rule_key, scores, wanted, created_at)
       SELECT $1, x.id, $2, x."decisionId", x."commentId", x.revision, x.outcome, x."ruleKey", x.scores, x.wanted, $4
       FROM json_to_recordset($3) AS x (id uuid, "decisionId" uuid, "commentId" uuid, revision int, outcome text,
         "ruleKey" text, scores jsonb, wanted int)`,
      [ctx.siteId, drawId, JSON.stringify(samples), at],
    );
  }

  async end(
    tx: Tx,
    ctx: SiteContext,
    id: SampleDrawId,
    counts: { publishedOf: number; published: number; rejectedOf: number; rejected: number },
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`UPDATE sample_draw SET published_of = $3, published = $4, rejected_of = $5, rejected = $6, done_at = $7
       WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, id, counts.publishedOf, counts.published, counts.rejectedOf, counts.rejected, at],
    );
  }
}
