import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { labelOfRule } from '../decision-rules.js';
import { agreementOf, type ReviewPairs } from './agreement.js';
import { estimate } from './estimates.js';
import type { QualityAnswer, RuleQuality } from './quality.dto.js';
import { waitingPercentile, type WaitingBucket } from './waiting-times.js';
import { DAY_MS, HOUR_MS } from './weeks.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

/** Maximum number of second opinions to read, latest first. */
const MAX_OPINIONS = 5_000;
/** Rule key of `decision_hour` for decisions by people, of which only appeals are counted. */
const PEOPLE_KEY = 'people';
/** SQLSTATE `invalid_parameter_value`, for an unknown time zone. */
const UNKNOWN_TIME_ZONE = '22023';

export const RULES_SQL = sql`
  SELECT h.rule_key AS rule, sum(h.published)::int AS published, sum(h.held)::int AS held, sum(h.rejected)::int AS rejected,
    sum(h.held_published)::int AS "heldPublished", sum(h.held_refused)::int AS "heldRefused",
    sum(h.appeals_upheld)::int AS upheld, sum(h.appeals_overturned)::int AS overturned
  FROM decision_hour h WHERE h.site_id = $1 AND h.hour >= $2 GROUP BY h.rule_key`;

export const DAYS_SQL = sql`
  SELECT to_char(x.hour AT TIME ZONE $3, 'YYYY-MM-DD') AS day, sum(x.published)::int AS published,
    sum(x.held)::int AS held, sum(x.rejected)::int AS rejected
  FROM (SELECT h.hour, sum(h.published) AS published, sum(h.held) AS held, sum(h.rejected) AS rejected
        FROM decision_hour h WHERE h.site_id = $1 AND h.hour >= $2 GROUP BY h.hour) x
  GROUP BY 1`;

// Converts each hour to the time zone only once (OFFSET 0), because the conversion takes longer than the rest.
export const WAITING_TIMES_SQL = sql`
  SELECT h.hour_of_day AS hour, w.bucket, sum(w.decisions)::int AS decisions
  FROM (
    SELECT x.at, extract(hour FROM x.at AT TIME ZONE $3)::int AS hour_of_day
    FROM generate_series(
      date_trunc('hour', $2::timestamptz, 'UTC'),
      (SELECT max(m.hour) FROM waiting_hour m WHERE m.site_id = $1), interval '1 hour') x (at)
    OFFSET 0) h
  JOIN waiting_hour w ON w.site_id = $1 AND w.hour = h.at AND w.hour >= $2
  GROUP BY 1, 2`;

/** The first answer other than `unsure`. Further answers are used only to measure agreement. */
export const FIRST_ANSWER = composeSql`(
  SELECT sr.answer FROM sample_review sr WHERE sr.site_id = s.site_id AND sr.sample_id = s.id AND sr.answer <> 'unsure'
  ORDER BY sr.created_at, sr.moderator_id LIMIT 1)`;

export const SAMPLE_SQL = composeSql`
  SELECT s.outcome, s.rule_key AS rule, count(*)::int AS drawn, count(s.answer)::int AS reviewed,
    count(*) FILTER (WHERE s.outcome = 'publish' AND s.answer = 'refuse' OR s.outcome = 'reject' AND s.answer = 'publish')::int AS wrong
  FROM (SELECT s.outcome, s.rule_key, ${FIRST_ANSWER} AS answer FROM sample s
        WHERE s.site_id = $1 AND s.created_at >= $2) s
  GROUP BY s.outcome, s.rule_key`;

export const PAIRS_SQL = sql`
  SELECT count(*) FILTER (WHERE a.answer = 'publish' AND b.answer = 'publish')::int AS publish,
    count(*) FILTER (WHERE a.answer = 'refuse' AND b.answer = 'refuse')::int AS refuse,
    count(*) FILTER (WHERE a.answer <> b.answer)::int AS disagreements
  FROM sample s
  JOIN sample_review a ON a.site_id = s.site_id AND a.sample_id = s.id AND a.answer <> 'unsure'
  JOIN sample_review b ON b.site_id = s.site_id AND b.sample_id = s.id AND b.answer <> 'unsure' AND b.moderator_id > a.moderator_id
  WHERE s.site_id = $1 AND s.created_at >= $2`;

// Ignores undone decisions, and pairs of an opinion and a decision by the same person.
export const OPINIONS_SQL = composeSql`
  SELECT count(*) FILTER (WHERE o.leaning = 'approve' AND d.publishes)::int AS publish,
    count(*) FILTER (WHERE o.leaning = 'reject' AND NOT d.publishes)::int AS refuse,
    count(*) FILTER (WHERE (o.leaning = 'approve') <> d.publishes)::int AS disagreements
  FROM (SELECT o.* FROM opinion o WHERE o.site_id = $1 AND o.created_at >= $2 ORDER BY o.created_at DESC LIMIT ${MAX_OPINIONS}) o
  CROSS JOIN LATERAL (
    SELECT d.action IN ('approve', 'restore') AS publishes FROM decision d
    WHERE d.site_id = o.site_id AND d.comment_id = o.comment_id AND d.revision = o.revision AND d.decided_by = 'moderator'
      AND d.moderator_id <> o.moderator_id AND d.created_at >= o.created_at
      AND d.action IN ('approve', 'restore', 'reject', 'remove')
      AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
    ORDER BY d.id LIMIT 1) d
  WHERE o.leaning <> 'unsure'`;

interface RuleRow {
  rule: string;
  published: number;
  held: number;
  rejected: number;
  heldPublished: number;
  heldRefused: number;
  upheld: number;
  overturned: number;
}

interface SampleRow {
  outcome: 'publish' | 'reject';
  rule: string;
  drawn: number;
  reviewed: number;
  wrong: number;
}

interface Population {
  published: number;
  rejected: number;
}

/** The quality of a site's decisions, from the hourly totals and from the samples. */
@Injectable()
export class QualityView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 for an unknown time zone */
  async read(ctx: SiteContext, days: number, zone = 'UTC'): Promise<QualityAnswer> {
    const until = this.clock.now();
    const since = sinceOf(until, days);
    try {
      return await this.database.inSite(ctx, (tx) => this.collect(tx, ctx, { since, until, zone }));
    } catch (error) {
      if ((error as { code?: unknown }).code !== UNKNOWN_TIME_ZONE) throw error;
      throw invalid([
        {
          pointer: '/query/zone',
          code: 'unknown-zone',
          message: 'zone must be a time zone such as Europe/London.',
        },
      ]);
    }
  }

  private async collect(
    tx: Tx,
    ctx: SiteContext,
    { since, until, zone }: { since: Date; until: Date; zone: string },
  ): Promise<QualityAnswer> {
    const params = [ctx.siteId, since];
    const [rules, perDay, waited, samples, [samplePairs], [opinionPairs], [population], [counted]] =
      await Promise.all([
        tx.prepared<RuleRow>('quality-rules', RULES_SQL, params),
        tx.prepared<QualityAnswer['perDay'][number]>('quality-days', DAYS_SQL, [...params, zone]),
        tx.prepared<WaitingBucket & { hour: number }>('quality-waiting-times', WAITING_TIMES_SQL, [
          ...params,
          zone,
        ]),
        tx.prepared<SampleRow>('quality-samples', SAMPLE_SQL, params),
        tx.prepared<ReviewPairs>('quality-pairs', PAIRS_SQL, params),
        tx.prepared<ReviewPairs>('quality-opinions', OPINIONS_SQL, params),
        tx.prepared<Population>(
          'quality-population',
          sql`SELECT coalesce(sum(d.published_of), 0)::int AS published, coalesce(sum(d.rejected_of), 0)::int AS rejected
           FROM sample_draw d WHERE d.site_id = $1 AND d.done_at >= $2`,
          params,
        ),
        tx.prepared<{ at: Date }>(
          'quality-counted',
          sql`SELECT rolled_at AS at FROM roll_up WHERE site_id = $1`,
          params.slice(0, 1),
        ),
      ]);
    const sum = (of: (row: RuleRow) => number): number => rules.reduce((total, row) => total + of(row), 0);
    const people = rules.find(({ rule }) => rule === PEOPLE_KEY);
    const automaticDecisions = sum(({ published, rejected }) => published + rejected);
    const overturned = sum((row) => row.overturned) - (people?.overturned ?? 0);
    const upheld = sum((row) => row.upheld) - (people?.upheld ?? 0);
    return {
      since: since.toISOString(),
      until: until.toISOString(),
      countedUntil: counted?.at.toISOString() ?? null,
      zone,
      automatic: estimate(automaticDecisions, automaticDecisions + sum(({ held }) => held)),
      falseHolds: estimate(
        sum(({ heldPublished }) => heldPublished),
        sum(({ heldPublished, heldRefused }) => heldPublished + heldRefused),
      ),
      rules: rulesOf(rules, samples),
      perDay: everyDay(perDay, since, until, zone),
      hours: Array.from({ length: 24 }, (_, hour) => ({
        hour,
        ...timesOf(waited.filter((row) => row.hour === hour)),
      })),
      waited: timesOf(waited),
      sample: {
        published: sideOf(samples, 'publish', population.published),
        rejected: sideOf(samples, 'reject', population.rejected),
        waiting: samples.reduce((total, { drawn, reviewed }) => total + drawn - reviewed, 0),
      },
      agreement: { samples: agreementOf(samplePairs), opinions: agreementOf(opinionPairs) },
      appeals: {
        ofRules: estimate(overturned, overturned + upheld),
        ofPeople: estimate(people?.overturned ?? 0, (people?.overturned ?? 0) + (people?.upheld ?? 0)),
      },
    };
  }
}

/** The time this many days before `until`, rounded down to the hour. */
export const sinceOf = (until: Date, days: number): Date =>
  new Date(Math.floor((until.getTime() - days * DAY_MS) / HOUR_MS) * HOUR_MS);

function rulesOf(rules: readonly RuleRow[], samples: readonly SampleRow[]): RuleQuality[] {
  const errorEstimate = (rule: string, outcome: SampleRow['outcome']): RuleQuality['falsePasses'] => {
    const row = samples.find((sample) => sample.rule === rule && sample.outcome === outcome);
    return estimate(row?.wrong ?? 0, row?.reviewed ?? 0);
  };
  return rules
    .filter(({ rule }) => rule !== PEOPLE_KEY)
    .map(({ rule, published, held, rejected, heldPublished, heldRefused, ...appeals }): RuleQuality => ({
      rule,
      label: labelOfRule(rule),
      published,
      held,
      rejected,
      falseHolds: estimate(heldPublished, heldPublished + heldRefused),
      falsePasses: errorEstimate(rule, 'publish'),
      falseRejections: errorEstimate(rule, 'reject'),
      overturned: estimate(appeals.overturned, appeals.overturned + appeals.upheld),
    }))
    .sort((a, b) => decisionCount(b) - decisionCount(a) || (a.rule < b.rule ? -1 : 1));
}

const decisionCount = ({ published, held, rejected }: RuleQuality): number => published + held + rejected;

function sideOf(
  samples: readonly SampleRow[],
  outcome: SampleRow['outcome'],
  population: number,
): QualityAnswer['sample']['published'] {
  const rows = samples.filter((row) => row.outcome === outcome);
  const sum = (of: (row: SampleRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    population,
    drawn: sum(({ drawn }) => drawn),
    wrong: estimate(
      sum(({ wrong }) => wrong),
      sum(({ reviewed }) => reviewed),
    ),
  };
}

const timesOf = (buckets: readonly WaitingBucket[]): QualityAnswer['waited'] => ({
  decisions: buckets.reduce((sum, { decisions }) => sum + decisions, 0),
  p50: seconds(waitingPercentile(merged(buckets), 0.5)),
  p95: seconds(waitingPercentile(merged(buckets), 0.95)),
});

const seconds = (value: number | null): number | null => (value === null ? null : Math.round(value));

function merged(buckets: readonly WaitingBucket[]): WaitingBucket[] {
  const sums = new Map<number, number>();
  for (const { bucket, decisions } of buckets) sums.set(bucket, (sums.get(bucket) ?? 0) + decisions);
  return [...sums].map(([bucket, decisions]) => ({ bucket, decisions }));
}

/** Adds the days without decisions. */
function everyDay(
  rows: readonly QualityAnswer['perDay'][number][],
  since: Date,
  until: Date,
  zone: string,
): QualityAnswer['perDay'] {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const dayOf = dayNames(zone);
  const days = new Set<string>();
  // Steps by the hour, because the day on which summer time ends has 25 hours.
  for (let at = since.getTime(); at <= until.getTime(); at += HOUR_MS) days.add(dayOf(new Date(at)));
  return [...days].map((day) => byDay.get(day) ?? { day, published: 0, held: 0, rejected: 0 });
}

function dayNames(zone: string): (at: Date) => string {
  try {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (at) => format.format(at);
  } catch {
    // PostgreSQL knows some time zone names that JavaScript does not.
    return (at) => at.toISOString().slice(0, 10);
  }
}
