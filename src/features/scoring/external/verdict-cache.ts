import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { sql } from '../../../platform/database/sql.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { Score } from '../scores.js';
import type { Explanation, ExternalScorer, ScorerInput, ScorerRequest } from './external-scorer.js';
import type { ExternalVerdictEntity } from './external-verdict.entity.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const RETENTION_DAYS = 30;

export interface CachedVerdict extends Explanation {
  readonly scores: Record<string, Score>;
}

/** A request, and the comments whose texts are in it. */
export interface VerdictKey {
  readonly scorer: string;
  readonly requestHash: Buffer;
  readonly commentId: string;
  readonly parentId: string | null;
}

/** The hash covers everything that the verdict depends on: address, model, rules and the texts that are sent. */
export const verdictKeyOf = (
  { key, url, sendContext }: ExternalScorer,
  { commentId, parent }: ScorerInput,
  { body }: ScorerRequest,
): VerdictKey => ({
  scorer: key,
  requestHash: createHash('sha256')
    .update(JSON.stringify([url, body]))
    .digest(),
  commentId,
  parentId: sendContext ? (parent?.id ?? null) : null,
});

/**
 * Keeps verdicts for 30 days, so that the same text under the same rules is scored only once. They are deleted when
 * the author of one of the texts is erased (`CommentErasureService`).
 */
@Injectable()
export class VerdictCache implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('external-verdicts-retention', DAY_MS, () =>
      this.database.inSystem(async (tx) => {
        await tx.query(sql`SELECT purge_external_verdicts($1)`, [this.oldest()]);
      }),
    );
  }

  async find(ctx: SiteContext, { scorer, requestHash }: VerdictKey): Promise<CachedVerdict | null> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.prepared<Pick<ExternalVerdictEntity, 'scores' | 'rule' | 'reason'>>(
        'external-verdict-find',
        sql`SELECT scores, rule, reason FROM external_verdict
         WHERE site_id = $1 AND scorer = $2 AND request_hash = $3 AND created_at >= $4`,
        [ctx.siteId, scorer, requestHash, this.oldest()],
      ),
    );
    if (!row) return null;
    const scores = Object.entries(row.scores).map(([label, value]) => [label, { value, spans: [] }]);
    return { ...row, scores: Object.fromEntries(scores) as Record<string, Score> };
  }

  /** Stores nothing if one of the comments was deleted meanwhile. Locks their rows, so that no erasure misses it. */
  async store(
    ctx: SiteContext,
    { scorer, requestHash, commentId, parentId }: VerdictKey,
    { scores, rule, reason }: CachedVerdict,
  ): Promise<void> {
    const values = Object.entries(scores).map(([label, { value }]) => [label, value]);
    await this.database.inSite(ctx, (tx) =>
      tx.query(
        sql`WITH texts AS (
           SELECT id FROM comment WHERE site_id = $1 AND id IN ($4, $5) AND status <> 'deleted' FOR SHARE
         )
         INSERT INTO external_verdict (site_id, scorer, request_hash, comment_id, parent_id, scores, rule, reason,
           created_at)
         SELECT s.site_id, s.key, $3, $4, $5, $6, $7, $8, $9 FROM external_scorer s
         WHERE s.site_id = $1 AND s.key = $2
           AND (SELECT count(*) FROM texts) = CASE WHEN $5::uuid IS NULL THEN 1 ELSE 2 END
         ON CONFLICT (site_id, scorer, request_hash) DO UPDATE SET comment_id = excluded.comment_id,
           parent_id = excluded.parent_id, scores = excluded.scores, rule = excluded.rule, reason = excluded.reason,
           created_at = excluded.created_at`,
        [
          ctx.siteId,
          scorer,
          requestHash,
          commentId,
          parentId,
          JSON.stringify(Object.fromEntries(values)),
          rule,
          reason,
          this.clock.now(),
        ],
      ),
    );
  }

  private oldest(): Date {
    return new Date(this.clock.nowMs() - RETENTION_DAYS * DAY_MS);
  }
}
