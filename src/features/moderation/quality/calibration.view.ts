import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { Label } from '../../scoring/scores.js';
import { activeThresholds } from '../../sites/policy.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import type { CalibrationAnswer } from './quality.dto.js';
import { FIRST_ANSWER, sinceOf } from './quality.view.js';
import { COMBINED_EDGES } from './score-bins.js';
import { thresholdEffects, type ScoreBin } from './threshold-effects.js';
import { calibrationOf, suggest, type ReviewedBin, type Suggestion } from './thresholds.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

/** Minimum number of reviewed samples. With fewer, the error rate of automatic decisions is unknown. */
const MIN_SAMPLED = 30;

export const HELD_BINS_SQL = sql`
  SELECT h.bin, sum(h.published)::int AS published, sum(h.refused)::int AS refused FROM human_decision_hour h
  WHERE h.site_id = $1 AND h.label = $2 AND h.hour >= $3 GROUP BY h.bin`;

export const SAMPLE_BINS_SQL = composeSql`
  SELECT s.outcome, score_bin(s.value) AS bin, count(*) FILTER (WHERE s.answer = 'publish')::int AS published,
    count(*) FILTER (WHERE s.answer = 'refuse')::int AS refused
  FROM (SELECT s.outcome, (s.scores ->> $2)::float8 AS value, ${FIRST_ANSWER} AS answer FROM sample s
        WHERE s.site_id = $1 AND s.created_at >= $3) s
  WHERE s.answer IS NOT NULL AND s.value IS NOT NULL GROUP BY 1, 2`;

export const TOTALS_SQL = sql`
  SELECT coalesce(sum(h.published), 0)::int AS publish, coalesce(sum(h.rejected), 0)::int AS reject,
    coalesce(sum(h.held), 0)::int AS held
  FROM decision_hour h WHERE h.site_id = $1 AND h.hour >= $2`;

/** Number of the latest comments from which the effects of thresholds are computed. */
const LATEST_COMMENTS = 5_000;

export const LATEST_SCORES_SQL = sql`
  SELECT score_bin(s.value) AS bin, count(*)::int AS comments, sum(s.value)::float8 AS sum
  FROM (SELECT c.site_id, c.id, c.revision FROM comment c WHERE c.site_id = $1 ORDER BY c.id DESC LIMIT $3) c
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  JOIN score s ON s.site_id = v.site_id AND s.revision_id = v.id AND s.label = $2
  GROUP BY 1`;

type Bin = Pick<ReviewedBin, 'bin' | 'published' | 'refused'>;
type SampledBin = Bin & { outcome: 'publish' | 'reject' };

const countDecided = (bins: readonly Bin[]): number =>
  bins.reduce((sum, { published, refused }) => sum + published + refused, 0);

/** How people decide texts, by their score for a label, and the thresholds that this suggests. */
@Injectable()
export class CalibrationView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The labels that have thresholds in the site's policy, in the policy's order. */
  labelsOf(site: SiteFacts): Label[] {
    return Object.keys(activeThresholds(site.policy)) as Label[];
  }

  /** @param wantedError acceptable error for the suggested thresholds, 0 to 1 */
  async read(
    ctx: SiteContext,
    site: SiteFacts,
    label: Label,
    { days, wantedError }: { days: number; wantedError: number },
  ): Promise<CalibrationAnswer> {
    const since = sinceOf(this.clock.now(), days);
    const [held, sampled, [totals], latest] = await this.database.inSite(ctx, (tx) =>
      Promise.all([
        tx.prepared<Bin>('calibration-held', HELD_BINS_SQL, [ctx.siteId, label, since]),
        tx.prepared<SampledBin>('calibration-sampled', SAMPLE_BINS_SQL, [ctx.siteId, label, since]),
        tx.prepared<Record<'publish' | 'reject' | 'held', number>>('calibration-totals', TOTALS_SQL, [
          ctx.siteId,
          since,
        ]),
        tx.prepared<ScoreBin>('latest-scores', LATEST_SCORES_SQL, [ctx.siteId, label, LATEST_COMMENTS]),
      ]),
    );
    const sampledWith = (outcome: 'publish' | 'reject'): SampledBin[] =>
      sampled.filter((bin) => bin.outcome === outcome);
    // The reviewed texts with each outcome represent all texts with that outcome.
    const weightBins = (bins: readonly Bin[], total: number): ReviewedBin[] => {
      const weight = Math.max(1, total / Math.max(1, countDecided(bins)));
      return bins.map(({ bin, published, refused }) => ({ bin, published, refused, weight }));
    };
    const bins = [
      ...weightBins(held, totals.held),
      ...weightBins(sampledWith('publish'), totals.publish),
      ...weightBins(sampledWith('reject'), totals.reject),
    ];
    const current = activeThresholds(site.policy)[label];
    const isErrorKnown = {
      hold: countDecided(sampledWith('publish')) >= MIN_SAMPLED,
      reject: totals.reject === 0 || countDecided(sampledWith('reject')) >= MIN_SAMPLED,
    };
    const suggestion = (kind: Suggestion['kind']): CalibrationAnswer['suggestions'][number] => {
      const found = suggest(bins, kind, wantedError);
      return {
        ...found,
        ...(isErrorKnown[kind] ? {} : { state: 'not-enough' as const, threshold: null }),
        current: current?.[kind] ?? null,
      };
    };
    return {
      label,
      since: since.toISOString(),
      held: countDecided(held),
      sampled: countDecided(sampled),
      bins: calibrationOf(bins, COMBINED_EDGES),
      suggestions: [suggestion('hold'), suggestion('reject')],
      latestComments: latest.reduce((sum, { comments }) => sum + comments, 0),
      effects: thresholdEffects(latest),
    };
  }
}
