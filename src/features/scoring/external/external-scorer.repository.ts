import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { CommentId, RevisionId, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { ExternalAnswerEntity } from './external-answer.entity.js';
import { ExternalScorerEntity } from './external-scorer.entity.js';
import { type Sql, composeSql, sql } from '../../../platform/database/sql.js';

/** A scorer's settings. */
export type ScorerRow = Omit<
  ExternalScorerEntity,
  'siteId' | 'failures' | 'openUntil' | 'lastSuccessAt' | 'lastFailureAt' | 'lastFailure'
>;

const SETTINGS: Readonly<Record<keyof ScorerRow, true>> = {
  key: true,
  kind: true,
  name: true,
  url: true,
  secretsSealed: true,
  options: true,
  labels: true,
  languages: true,
  timeoutMs: true,
  callsPerDay: true,
  callsPerMonth: true,
  sendContext: true,
  isShadow: true,
  whenAbsent: true,
  enabled: true,
  createdAt: true,
  updatedAt: true,
};

/** A scorer with its current health. */
export interface ScorerState extends Omit<ExternalScorerEntity, 'siteId' | 'failures'> {
  callsToday: number;
  callsThisMonth: number;
}

/** What a scorer is sent besides the text. */
export interface CommentFacts {
  authorId: string;
  authorName: string;
  postedAt: Date;
  isReply: boolean;
  story: { key: string; url: string; title: string };
  parent: { id: string; body: string } | null;
}

/** A text as it was sent and the scores that were returned. */
export interface ScoredText {
  revisionId: RevisionId;
  body: string;
  /** Each scorer's score for `spam`, by the scorer's key. */
  spamBy: Record<string, number>;
}

export type AnswerRow = Pick<
  ExternalAnswerEntity,
  'scorer' | 'name' | 'outcome' | 'durationMs' | 'rule' | 'reason'
>;

const COLUMNS = composeSql`s.key, s.kind, s.name, s.url, s.secrets_sealed AS "secretsSealed", s.options, s.labels, s.languages,
  s.timeout_ms AS "timeoutMs", s.calls_per_day AS "callsPerDay",
  s.calls_per_month AS "callsPerMonth", s.send_context AS "sendContext", s.is_shadow AS "isShadow", s.when_absent AS "whenAbsent", s.enabled,
  s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;

const utcDaySql = (at: '$2' | '$3'): Sql => composeSql`(${at}::timestamptz AT TIME ZONE 'UTC')::date`;

const utcMonthSql = (at: '$2' | '$3'): Sql =>
  composeSql`date_trunc('month', ${at}::timestamptz AT TIME ZONE 'UTC')::date`;

const STATE = composeSql`${COLUMNS}, s.open_until AS "openUntil", s.last_success_at AS "lastSuccessAt",
    s.last_failure_at AS "lastFailureAt", s.last_failure AS "lastFailure",
    coalesce((SELECT d.calls FROM external_scorer_day d
              WHERE d.site_id = s.site_id AND d.scorer = s.key AND d.day = ${utcDaySql('$2')}), 0) AS "callsToday",
    coalesce((SELECT sum(d.calls)::int FROM external_scorer_day d
              WHERE d.site_id = s.site_id AND d.scorer = s.key
                AND d.day BETWEEN ${utcMonthSql('$2')} AND ${utcDaySql('$2')}), 0) AS "callsThisMonth"
  FROM external_scorer s WHERE s.site_id = $1`;

export const LIST_SCORERS = composeSql`SELECT ${STATE} ORDER BY s.key`;

export const FIND_SCORER = composeSql`SELECT ${STATE} AND s.key = $3`;

// If several calls find an open circuit whose pause is over, the update lets one through as the probe, which has
// until $4.
export const RESERVE_CALL = composeSql`
  WITH scorer AS (
    SELECT open_until, calls_per_day, calls_per_month - coalesce((
        SELECT sum(d.calls) FROM external_scorer_day d
        WHERE d.site_id = $1 AND d.scorer = $2
          AND d.day >= ${utcMonthSql('$3')} AND d.day < ${utcDaySql('$3')}), 0) AS left_this_month
    FROM external_scorer WHERE site_id = $1 AND key = $2
  ), probe AS (
    UPDATE external_scorer SET open_until = $4
    WHERE site_id = $1 AND key = $2 AND open_until <= $3 RETURNING 1
  ), counted AS (
    INSERT INTO external_scorer_day AS d (site_id, scorer, day, calls)
    SELECT $1, $2, ${utcDaySql('$3')}, 1 FROM scorer
    WHERE (open_until IS NULL OR EXISTS (SELECT FROM probe) OR $5)
      AND (left_this_month IS NULL OR left_this_month > 0)
    ON CONFLICT (site_id, scorer, day) DO UPDATE SET calls = d.calls + 1
      WHERE (SELECT (calls_per_day IS NULL OR d.calls < calls_per_day)
               AND (left_this_month IS NULL OR d.calls < left_this_month) FROM scorer)
    RETURNING calls
  )
  SELECT EXISTS (SELECT FROM counted) AS reserved, EXISTS (SELECT FROM probe) AS probe,
    open_until IS NOT NULL AND NOT EXISTS (SELECT FROM probe) AND NOT $5 AS open
  FROM scorer`;

/** When a scorer's circuit opens and how long until it is tried again. */
const CIRCUIT = { opensAfter: 5, firstMs: 30_000, longestMs: 10 * 60_000 };

/**
 * The failure count including this call: $5 failures open the circuit, $9 tells whether this is the probe of an open
 * one.
 */
const FAILURES = composeSql`(CASE WHEN open_until IS NULL THEN failures + 1
  WHEN $9 THEN greatest(failures + 1, $5) ELSE failures END)`;

const FACTS = sql`
  SELECT r.id AS "authorId", r.name AS "authorName", c.created_at AS "postedAt", c.parent_id IS NOT NULL AS "isReply",
    json_build_object('key', s.key, 'url', s.url, 'title', s.title) AS story,
    CASE WHEN pv.body <> '' THEN json_build_object('id', p.id, 'body', pv.body) END AS parent
  FROM comment c
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
  LEFT JOIN comment p ON p.site_id = c.site_id AND p.id = c.parent_id AND p.status = 'published'
  LEFT JOIN revision pv ON pv.site_id = p.site_id AND pv.comment_id = p.id AND pv.number = p.revision
  WHERE c.site_id = $1 AND c.id = $2`;

export const RECORD_FAILURE = composeSql`UPDATE external_scorer SET last_failure_at = $3, last_failure = $4, failures = ${FAILURES},
       open_until = CASE
         WHEN open_until IS NOT NULL AND NOT $9
           THEN greatest(open_until, $3::timestamptz + $8 * interval '1 millisecond')
         WHEN ${FAILURES} >= $5 OR $8 > 0 THEN $3::timestamptz + greatest($8,
           CASE WHEN ${FAILURES} >= $5 THEN least($6 * 2 ^ least(${FAILURES} - $5, 20), $7) ELSE 0 END)
           * interval '1 millisecond' END
     WHERE site_id = $1 AND key = $2`;

/** Settings of external scorers, their circuit breakers and budgets, and the outcome of each call. */
@Injectable()
export class ExternalScorerRepository {
  constructor(private readonly database: Database) {}

  /** Sorted by key. */
  async list(ctx: SiteContext, at: Date): Promise<ScorerState[]> {
    return this.database.inSite(ctx, (tx) => tx.query<ScorerState>(LIST_SCORERS, [ctx.siteId, at]));
  }

  async find(ctx: SiteContext, key: string, at: Date): Promise<ScorerState | null> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.query<ScorerState>(FIND_SCORER, [ctx.siteId, at, key]),
    );
    return row ?? null;
  }

  /** Sorted by key. Runs outside the current transaction because the result is cached. */
  async enabled(siteId: SiteId): Promise<ScorerRow[]> {
    return this.database.inSeparateTransaction({ siteId, principal: SYSTEM }, (tx) =>
      tx.manager
        .getRepository(ExternalScorerEntity)
        .find({ where: { siteId, enabled: true }, order: { key: 'ASC' } }),
    );
  }

  /**
   * Locks all scorers of the site so that concurrent writers see each other's changes. Their health is left out,
   * because calls change it without this lock and writing it back would undo that.
   */
  async lock(tx: Tx, ctx: SiteContext): Promise<ScorerRow[]> {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7345))`, [ctx.siteId]);
    return tx.manager
      .getRepository(ExternalScorerEntity)
      .find({ where: { siteId: ctx.siteId }, select: SETTINGS });
  }

  /** Closes the circuit, because changed settings are a reason to try again. */
  async put(tx: Tx, ctx: SiteContext, row: ScorerRow): Promise<void> {
    await tx.manager
      .getRepository(ExternalScorerEntity)
      .upsert({ ...row, siteId: ctx.siteId, failures: 0, openUntil: null }, ['siteId', 'key']);
  }

  /** @returns false if it did not exist */
  async delete(tx: Tx, ctx: SiteContext, key: string): Promise<boolean> {
    const { affected } = await tx.manager
      .getRepository(ExternalScorerEntity)
      .delete({ siteId: ctx.siteId, key });
    return affected === 1;
  }

  /**
   * Reserves one call and counts it against the budget.
   *
   * @param probeUntil until when no other call may probe a scorer whose circuit was open
   * @param ignoreBreaker whether to call although the circuit is open, for a test by the owner
   * @returns `probe` for the first call after the pause of an open circuit
   */
  async reserveCall(
    ctx: SiteContext,
    key: string,
    at: Date,
    probeUntil: Date,
    ignoreBreaker: boolean,
  ): Promise<'reserved' | 'probe' | 'circuit-open' | 'budget-spent'> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.prepared<{ reserved: boolean; probe: boolean; open: boolean }>('external-take', RESERVE_CALL, [
        ctx.siteId,
        key,
        at,
        probeUntil,
        ignoreBreaker,
      ]),
    );
    // A scorer that was just deleted cannot be called.
    if (!row) return 'circuit-open';
    if (row.reserved) return row.probe ? 'probe' : 'reserved';
    return row.open ? 'circuit-open' : 'budget-spent';
  }

  /** Written at most once a minute while calls succeed. */
  async recordSuccess(ctx: SiteContext, key: string, at: Date): Promise<void> {
    await this.database.inSite(ctx, (tx) =>
      tx.prepared(
        'external-success',
        sql`UPDATE external_scorer SET failures = 0, open_until = NULL, last_success_at = $3
         WHERE site_id = $1 AND key = $2 AND (failures > 0 OR open_until IS NOT NULL OR last_success_at IS NULL
           OR last_success_at < $3::timestamptz - interval '1 minute')`,
        [ctx.siteId, key, at],
      ),
    );
  }

  /**
   * Records a failed call. Five failures in a row open a closed circuit. Once it is open, only its probe counts: each
   * failed probe doubles the pause. Other failures at that time are calls that began earlier or tests by the owner.
   *
   * @param message for the scorer's owner
   * @param waitMs the pause that the scorer requested; opens the circuit at once and never shortens a pause
   */
  async recordFailure(
    ctx: SiteContext,
    key: string,
    at: Date,
    { message, waitMs, isProbe }: { message: string; waitMs: number; isProbe: boolean },
  ): Promise<void> {
    await this.database.inSite(ctx, (tx) =>
      tx.prepared('external-failure', RECORD_FAILURE, [
        ctx.siteId,
        key,
        at,
        message,
        CIRCUIT.opensAfter,
        CIRCUIT.firstMs,
        CIRCUIT.longestMs,
        waitMs,
        isProbe,
      ]),
    );
  }

  /** @returns null if the comment was deleted */
  async factsOf(ctx: SiteContext, commentId: CommentId): Promise<CommentFacts | null> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.prepared<CommentFacts>('external-facts', FACTS, [ctx.siteId, commentId]),
    );
    return row ?? null;
  }

  async hasKind(tx: Tx, siteId: SiteId, kinds: readonly string[]): Promise<boolean> {
    const rows = await tx.prepared(
      'external-kinds',
      sql`SELECT 1 FROM external_scorer WHERE site_id = $1 AND enabled AND kind = ANY ($2::text[]) LIMIT 1`,
      [siteId, kinds],
    );
    return rows.length === 1;
  }

  /** @returns null if the comment was deleted */
  async scoredText(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    revision: number,
  ): Promise<ScoredText | null> {
    const [row] = await tx.query<ScoredText>(
      sql`SELECT v.id AS "revisionId", v.body,
         coalesce((SELECT jsonb_object_agg(split_part(s.label, ':', 1), s.value) FROM score s
                   WHERE s.site_id = v.site_id AND s.revision_id = v.id AND s.label LIKE '%:spam'), '{}') AS "spamBy"
       FROM revision v JOIN comment c ON c.site_id = v.site_id AND c.id = v.comment_id AND c.status <> 'deleted'
       WHERE v.site_id = $1 AND v.comment_id = $2 AND v.number = $3`,
      [ctx.siteId, commentId, revision],
    );
    return row ?? null;
  }

  /** Stores the outcomes of the calls for one text, for the moderators who review it. */
  saveAnswers(
    tx: Tx,
    ctx: SiteContext,
    revisionId: RevisionId,
    answers: readonly AnswerRow[],
    at: Date,
  ): void {
    if (answers.length === 0) return;
    tx.write(
      'external-answers',
      sql`INSERT INTO external_answer (site_id, revision_id, scorer, name, outcome, duration_ms, rule, reason, answered_at)
       SELECT $1, $2, a.scorer, a.name, a.outcome, a."durationMs", a.rule, a.reason, $4
       FROM jsonb_to_recordset($3::jsonb) AS a (scorer text, name text, outcome text, "durationMs" int, rule text,
         reason text)
       ON CONFLICT (site_id, revision_id, scorer) DO UPDATE SET name = excluded.name, outcome = excluded.outcome,
         duration_ms = excluded.duration_ms, rule = excluded.rule, reason = excluded.reason,
         answered_at = excluded.answered_at`,
      [ctx.siteId, revisionId, JSON.stringify(answers), at],
    );
  }
}
