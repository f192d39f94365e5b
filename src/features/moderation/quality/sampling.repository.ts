import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Tx } from '../../../platform/database/database.js';
import { firstIdAt, type Id } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SampleDrawId } from './draw-sample.job.js';
import { SampleDrawEntity } from './sample-draw.entity.js';
import type { SampleEntity } from './sample.entity.js';
import { SamplingEntity } from './sampling.entity.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type SampleId = Id<'sample'>;

export type Sampling = Omit<SamplingEntity, 'siteId'>;

export const DEFAULT_SAMPLING: Sampling = { published: 60, rejected: 20, twicePercent: 20 };

/** An automatic decision that was sampled. */
export type DrawnDecision = Pick<
  SampleEntity,
  'decisionId' | 'commentId' | 'revision' | 'outcome' | 'ruleKey' | 'scores'
>;

// Rules decide each revision once while it is pending, so at most one decision of each revision can be sampled.
const AUTOMATIC = composeSql`d.site_id = $1 AND d.id >= $2::uuid AND d.id < $3::uuid AND d.decided_by = 'rule'
  AND d.from_status = 'pending'`;

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
    const row = await tx.manager.getRepository(SamplingEntity).findOneBy({ siteId: ctx.siteId });
    if (!row) return DEFAULT_SAMPLING;
    const { siteId: _, ...sampling } = row;
    return sampling;
  }

  async set(tx: Tx, ctx: SiteContext, sampling: Sampling): Promise<void> {
    await tx.manager.getRepository(SamplingEntity).upsert({ siteId: ctx.siteId, ...sampling }, ['siteId']);
  }

  /** The latest 50, newest first. */
  draws(tx: Tx, ctx: SiteContext): Promise<SampleDrawEntity[]> {
    return tx.manager
      .getRepository(SampleDrawEntity)
      .find({ where: { siteId: ctx.siteId }, order: { since: 'DESC' }, take: 50 });
  }

  /** @returns false if there is already a draw of a period with the same start */
  async begin(
    tx: Tx,
    ctx: SiteContext,
    draw: Pick<SampleDrawEntity, 'id' | 'since' | 'until' | 'isWeekly' | 'createdAt'>,
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
  claim(tx: Tx, ctx: SiteContext, id: SampleDrawId): Promise<SampleDrawEntity | null> {
    return tx.manager.getRepository(SampleDrawEntity).findOne({
      where: { siteId: ctx.siteId, id, doneAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async population(
    tx: Tx,
    ctx: SiteContext,
    { since, until }: Pick<SampleDrawEntity, 'since' | 'until'>,
  ): Promise<{ published: number; rejected: number }> {
    const [row] = await tx.query<{ published: number; rejected: number }>(COUNT_AUTOMATIC_DECISIONS, [
      ctx.siteId,
      firstIdAt(since.getTime()),
      firstIdAt(until.getTime()),
    ]);
    return row;
  }

  /** Picks up to `rows` decisions of the period at random, and drops those about comments that were deleted since. */
  pick(
    tx: Tx,
    ctx: SiteContext,
    { since, until }: Pick<SampleDrawEntity, 'since' | 'until'>,
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
    samples: readonly (DrawnDecision & { id: SampleId; requiredReviews: 1 | 2 })[],
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO sample (site_id, id, draw_id, decision_id, comment_id, revision, outcome, rule_key, scores, required_reviews, created_at)
       SELECT $1, x.id, $2, x."decisionId", x."commentId", x.revision, x.outcome, x."ruleKey", x.scores, x."requiredReviews", $4
       FROM json_to_recordset($3) AS x (id uuid, "decisionId" uuid, "commentId" uuid, revision int, outcome text,
         "ruleKey" text, scores jsonb, "requiredReviews" int)`,
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
    await tx.manager
      .getRepository(SampleDrawEntity)
      .update({ siteId: ctx.siteId, id }, { ...counts, doneAt: at });
  }
}
