import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId, type CommentId, type RevisionId } from '../../../platform/ids.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { Outbound, OutboundError, type OutboundAnswer } from '../../../platform/outbound/outbound.js';
import { parseRetryAfter } from '../../../platform/outbound/retry-after.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { PhaseInput } from '../phases/index.js';
import type { ExternalFindings } from '../decision-port.js';
import { addExternalRefusal } from '../refusal.js';
import { mergeScores, type Score, type ScoreMap } from '../scores.js';
import {
  BadAnswerError,
  affectsDecision,
  type Explanation,
  type ExternalScorer,
  type LabelUse,
  type LabelUses,
  type Outcome,
  type ScorerCall,
  type ScorerInput,
  type ScorerRequest,
} from './external-scorer.js';
import { ExternalScorerRepository, type AnswerRow } from './external-scorer.repository.js';
import { ExternalScorersService } from './external-scorers.service.js';
import { kindOf } from './scorer-kinds.js';
import { bandOf, releaseBy } from './second-opinion.js';
import { isUncertain, type LocalFindings } from './uncertain-band.js';
import { VerdictCache, verdictKeyOf } from './verdict-cache.js';

const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_WAIT_MS = 60 * 60 * 1000;
const RETRY_DELAY_MS = 100;
/** Added to a probe's timeout. Until both have passed, no other call probes the same scorer. */
const PROBE_MARGIN_MS = 5_000;
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5];

/** The reason shown to moderators for a missing score. */
const OUTCOME_TEXTS: Record<Exclude<Outcome, 'scored'>, string> = {
  timeout: 'it took too long',
  unreachable: 'it could not be reached',
  refused: 'it refused the request',
  failed: 'it failed',
  'bad-answer': 'its answer was incomplete or not understood',
  'circuit-open': 'it is not being called for now because of earlier failures',
  'budget-spent': 'its budget of calls is used up',
};

/** Identifies a comment's text. */
export interface TextRef {
  readonly commentId: CommentId;
  readonly revisionId: RevisionId;
  readonly revision: number;
}

/** Result of one call. */
export interface ScorerCallResult {
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly status: number | null;
  /**
   * By the scorer's own labels; for an incomplete response (`bad-answer`) the scores that it contains. Null if there
   * are none.
   */
  readonly scores: Record<string, Score> | null;
  /** Null if the scorer gives no reasons. */
  readonly explanation: Explanation | null;
  /** Shown to the scorer's owner. */
  readonly error: string | null;
}

export interface ExternalResult extends ExternalFindings {
  /** Scores for our labels, to be merged with those of the phases. */
  readonly scores: ScoreMap;
  /** All scores by `<scorer>:<their label>`, to be stored. */
  readonly byScorerLabel: Record<string, Score>;
  readonly answers: readonly AnswerRow[];
  /** Languages supported by the scorers whose scores affect the decision. */
  readonly languages: readonly string[];
}

/** The result for a site without external scorers. */
export const NO_EXTERNAL_SCORES: ExternalResult = {
  scores: {},
  byScorerLabel: {},
  answers: [],
  languages: [],
  found: [],
  absent: [],
  released: [],
};

class NoScoresError extends Error {
  constructor(
    readonly outcome: Exclude<Outcome, 'scored'>,
    message: string,
    readonly status: number | null = null,
    readonly waitMs = 0,
  ) {
    super(message);
  }
}

/** The response lacks a required score. */
class IncompleteAnswerError extends NoScoresError {
  /** @param isFailure false if the scorer works but does not support the language of the text */
  constructor(
    message: string,
    status: number,
    readonly scores: Record<string, Score>,
    readonly isFailure: boolean,
  ) {
    super('bad-answer', message, status);
  }
}

/**
 * Calls a site's external scorers for a text: all in parallel, each within its timeout, budget and circuit breaker.
 */
@Injectable()
export class ExternalScoringService {
  private readonly logger = new Logger('scoring');
  private readonly calls;
  private readonly seconds;

  constructor(
    private readonly scorers: ExternalScorersService,
    private readonly repository: ExternalScorerRepository,
    private readonly verdicts: VerdictCache,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.calls = metrics.counter('postbag_external_scores_total', 'Calls to external scorers, by outcome.', [
      'kind',
      'outcome',
    ]);
    this.seconds = metrics.histogram(
      'postbag_external_score_seconds',
      'Duration of calls to external scorers.',
      SECONDS,
    );
  }

  /**
   * Must run outside a transaction because it waits for external services.
   *
   * @param local waits for the local scores, for scorers that are called only for uncertain texts
   */
  async score(
    ctx: SiteContext,
    ref: TextRef,
    { body, language, reader }: PhaseInput,
    local: () => Promise<LocalFindings>,
  ): Promise<ExternalResult> {
    const scorers = await this.scorers.scorersFor(ctx.siteId);
    if (scorers.length === 0) return NO_EXTERNAL_SCORES;
    const input = await this.inputOf(ctx, ref, { body, language, reader });
    if (!input) return NO_EXTERNAL_SCORES;
    return this.scoreWithAll(scorers, body, local, (scorer) => this.scoreWith(ctx, scorer, input, 'comment'));
  }

  /**
   * Scores a text that is not a comment of this installation, for a caller that waits for the result.
   *
   * @param input its ids are only used for this call
   * @param withinMs a scorer without a response by then is treated as timed out. Its call continues, and the result
   *   still updates its circuit
   */
  async scoreText(
    ctx: SiteContext,
    input: ScorerInput,
    withinMs: number,
    local: () => Promise<LocalFindings>,
  ): Promise<ExternalResult> {
    // The local scores, for which some scorers wait, count towards the limit.
    const endsAt = performance.now() + withinMs;
    const scorers = await this.scorers.scorersFor(ctx.siteId);
    return this.scoreWithAll(scorers, input.body, local, (scorer) =>
      answerWithin(Math.max(0, endsAt - performance.now()), this.scoreWith(ctx, scorer, input, 'elsewhere')),
    );
  }

  /**
   * Calls one scorer whose score does not affect the comment's decision, for every text, however certain the local
   * scores are. Its circuit and budget apply as usual.
   *
   * @throws Problem 404
   */
  async askForCalibration(
    ctx: SiteContext,
    key: string,
    ref: TextRef,
    text: Pick<PhaseInput, 'body' | 'language' | 'reader'>,
  ): Promise<Pick<ScorerCallResult, 'scores'> & { outcome: Outcome | 'gone' }> {
    const scorer = await this.scorers.findCallable(ctx, key);
    const input = await this.inputOf(ctx, ref, text);
    return input ? this.scoreWith(ctx, scorer, input, 'comment') : { outcome: 'gone', scores: null };
  }

  private async scoreWithAll(
    scorers: readonly ExternalScorer[],
    body: string,
    local: () => Promise<LocalFindings>,
    callScorer: (scorer: ExternalScorer) => Promise<ScorerCallResult>,
  ): Promise<ExternalResult> {
    const results = await Promise.all(
      scorers.map(async (scorer) => {
        const band = bandOf(scorer);
        if (band && !isUncertain(band, scorer.languages, await local())) return [];
        return [{ scorer, callResult: await callScorer(scorer) }];
      }),
    );
    return combine(results.flat(), body);
  }

  /** Null if the comment was deleted. */
  private async inputOf(
    ctx: SiteContext,
    ref: TextRef,
    { body, language, reader }: Pick<PhaseInput, 'body' | 'language' | 'reader'>,
  ): Promise<ScorerInput | null> {
    const facts = await this.repository.factsOf(ctx, ref.commentId);
    if (!facts) return null;
    return {
      ...ref,
      siteId: ctx.siteId,
      body,
      language,
      postedAt: facts.postedAt,
      isReply: facts.isReply,
      author: { id: facts.authorId, name: facts.authorName, ...reader },
      story: facts.story,
      parent: facts.parent,
    };
  }

  /** Calls one scorer with a text that is not a comment. Ignores an open circuit but respects the budget. */
  async test(
    ctx: SiteContext,
    key: string,
    { text, title = '', parent }: { text: string; title?: string; parent?: string },
  ): Promise<ScorerCallResult> {
    const scorer = await this.scorers.findCallable(ctx, key);
    const now = this.clock.now();
    const input: ScorerInput = {
      siteId: ctx.siteId,
      commentId: newId<'comment'>(),
      revisionId: newId<'revision'>(),
      revision: 1,
      body: text,
      language: null,
      postedAt: now,
      isReply: parent !== undefined,
      author: {
        id: newId<'reader'>(),
        name: 'Test',
        isNew: false,
        publishedCount: 10,
        tenureDays: 100,
      },
      story: { key: 'test', url: scorer.options.blog ?? 'https://example.com/', title },
      parent: parent === undefined ? null : { id: newId<'comment'>(), body: parent },
    };
    return this.scoreWith(ctx, scorer, input, 'test');
  }

  saveAnswers(tx: Tx, ctx: SiteContext, revisionId: RevisionId, { answers }: ExternalResult): void {
    this.repository.saveAnswers(tx, ctx, revisionId, answers, this.clock.now());
  }

  private async scoreWith(
    ctx: SiteContext,
    scorer: ExternalScorer,
    input: ScorerInput,
    purpose: Purpose,
  ): Promise<ScorerCallResult> {
    const call = { scorer, input, at: this.clock.now(), isTest: purpose === 'test' };
    const callResult = await this.callOrReuse(ctx, scorer, call, purpose);
    this.calls.inc({ kind: scorer.kind, outcome: callResult.outcome });
    if (callResult.outcome !== 'scored') {
      const { outcome, status } = callResult;
      const { commentId } = input;
      this.logger.warn({
        event: 'scoring.external-unavailable',
        siteId: ctx.siteId,
        scorer: scorer.key,
        commentId,
        outcome,
        status,
      });
    }
    return callResult;
  }

  /** Reuses an earlier verdict on the same request if the kind allows it and the text is a stored comment. */
  private async callOrReuse(
    ctx: SiteContext,
    scorer: ExternalScorer,
    call: ScorerCall,
    purpose: Purpose,
  ): Promise<ScorerCallResult> {
    const kind = kindOf(scorer.kind);
    if (!kind.isCached || purpose !== 'comment') return this.call(ctx, scorer, call);
    const key = verdictKeyOf(scorer, call.input, kind.request(call));
    const cached = await this.verdicts.find(ctx, key);
    if (cached) {
      const { scores, rule, reason } = cached;
      const explanation = { rule, reason };
      return { outcome: 'scored', durationMs: 0, status: null, scores, explanation, error: null };
    }
    const result = await this.call(ctx, scorer, call);
    const { outcome, scores, explanation } = result;
    if (outcome === 'scored' && scores)
      await this.verdicts.store(ctx, key, { scores, ...(explanation ?? NO_EXPLANATION) });
    return result;
  }

  private async call(ctx: SiteContext, scorer: ExternalScorer, call: ScorerCall): Promise<ScorerCallResult> {
    const now = this.clock.now();
    const probeUntil = new Date(now.getTime() + scorer.timeoutMs + PROBE_MARGIN_MS);
    const reservation = await this.repository.reserveCall(ctx, scorer.key, now, probeUntil, call.isTest);
    if (reservation !== 'reserved' && reservation !== 'probe')
      return {
        outcome: reservation,
        durationMs: 0,
        status: null,
        scores: null,
        explanation: null,
        error: OUTCOME_TEXTS[reservation],
      };

    const startedAt = performance.now();
    const elapsedMs = (): number => Math.round(performance.now() - startedAt);
    try {
      const answer = await this.send(scorer, call, () => scorer.timeoutMs - elapsedMs());
      const scores = parseScores(scorer, answer, call.input.body, this.clock.nowMs());
      const durationMs = elapsedMs();
      this.seconds.observe(durationMs / 1000);
      await this.repository.recordSuccess(ctx, scorer.key, this.clock.now());
      const explanation = kindOf(scorer.kind).explain?.(answer) ?? null;
      return { outcome: 'scored', durationMs, status: answer.status, scores, explanation, error: null };
    } catch (error) {
      if (!(error instanceof NoScoresError)) throw error;
      const durationMs = elapsedMs();
      const { outcome, status, message, waitMs } = error;
      const incomplete = error instanceof IncompleteAnswerError ? error : null;
      if (incomplete?.isFailure === false)
        await this.repository.recordSuccess(ctx, scorer.key, this.clock.now());
      else
        await this.repository.recordFailure(ctx, scorer.key, this.clock.now(), {
          message,
          waitMs,
          isProbe: reservation === 'probe',
        });
      const scores = incomplete?.scores ?? null;
      return { outcome, durationMs, status, scores, explanation: null, error: message };
    }
  }

  /**
   * Retries once after a connection error or a gateway error if there is time, because both are usually momentary.
   * A server that rejects an optional part of the protocol is asked again without it.
   */
  private async send(
    scorer: ExternalScorer,
    call: ScorerCall,
    leftMs: () => number,
  ): Promise<OutboundAnswer> {
    const kind = kindOf(scorer.kind);
    const answer = await this.sendRequest(scorer, kind.request(call), leftMs);
    const simpler = kind.simplerRequest?.(call, answer.status) ?? null;
    return simpler && leftMs() > 0 ? this.sendRequest(scorer, simpler, leftMs) : answer;
  }

  private async sendRequest(
    scorer: ExternalScorer,
    { url = scorer.url, headers, body }: ScorerRequest,
    leftMs: () => number,
  ): Promise<OutboundAnswer> {
    for (let isFirst = true; ; isFirst = false) {
      const canRetry = (): boolean => isFirst && leftMs() > 2 * RETRY_DELAY_MS;
      try {
        const answer = await this.outbound.send({
          method: 'POST',
          url,
          headers: { 'user-agent': 'Postbag-Scoring/1', ...headers },
          body,
          bulkhead: `scorer ${scorer.siteId}`,
          timeoutMs: Math.max(1, leftMs()),
          maxAnswerBytes: MAX_ANSWER_BYTES,
        });
        const isTransient = answer.status >= 502 && answer.status <= 504 && !answer.headers['retry-after'];
        if (!isTransient || !canRetry()) return answer;
      } catch (error) {
        if (!(error instanceof OutboundError)) throw error;
        if (error.code !== 'connection' || !canRetry())
          throw new NoScoresError(error.code === 'timeout' ? 'timeout' : 'unreachable', error.message);
      }
      await sleep(RETRY_DELAY_MS);
    }
  }
}

/** @returns the response, or a timeout result; the call itself continues */
async function answerWithin(ms: number, scoring: Promise<ScorerCallResult>): Promise<ScorerCallResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<ScorerCallResult>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          outcome: 'timeout',
          durationMs: Math.round(ms),
          status: null,
          scores: null,
          explanation: null,
          error: OUTCOME_TEXTS.timeout,
        }),
      ms,
    );
  });
  try {
    return await Promise.race([scoring, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws NoScoresError */
function parseScores(
  scorer: ExternalScorer,
  { status, answer, isTruncated, headers }: OutboundAnswer,
  body: string,
  nowMs: number,
): Record<string, Score> {
  if (status >= 200 && status < 300) {
    if (isTruncated)
      throw new NoScoresError(
        'bad-answer',
        `The response is larger than ${MAX_ANSWER_BYTES / 1024} kB.`,
        status,
      );
    try {
      return requireAllLabels(scorer, kindOf(scorer.kind).read({ answer, headers }, body), answer, status);
    } catch (error) {
      if (!(error instanceof BadAnswerError)) throw error;
      throw new NoScoresError('bad-answer', error.message, status);
    }
  }
  const waitMs = Math.min(parseRetryAfter(headers['retry-after'], nowMs) ?? 0, MAX_WAIT_MS);
  const outcome = status >= 300 && status < 500 && status !== 429 ? 'refused' : 'failed';
  throw new NoScoresError(outcome, `The scorer responded with status ${status}.`, status, waitMs);
}

/** @throws IncompleteAnswerError */
function requireAllLabels(
  { kind, labels }: ExternalScorer,
  scores: Record<string, Score>,
  answer: string,
  status: number,
): Record<string, Score> {
  const protocol = kindOf(kind);
  const requiredLabels = protocol.required(labels);
  const isMissing = (label: string): boolean => !Object.hasOwn(scores, label);
  const missing = requiredLabels.filter((label) => affectsDecision(labels, label) && isMissing(label));
  if (missing.length === 0 && (requiredLabels.length === 0 || !requiredLabels.every(isMissing)))
    return scores;
  const isUnsupported = protocol.isUnsupportedLanguage?.(answer) ?? false;
  const names = (missing.length > 0 ? missing : requiredLabels).join(', ');
  const message = `The response has no score for ${names}${isUnsupported ? ' in the language of the text' : ''}.`;
  throw new IncompleteAnswerError(message.slice(0, 300), status, scores, !isUnsupported);
}

/** Why a scorer is called: only verdicts on comments that are stored here may be reused. */
type Purpose = 'comment' | 'elsewhere' | 'test';

const NO_EXPLANATION: Explanation = { rule: null, reason: null };

const valuesOf = (scores: Record<string, Score>): Record<string, number> =>
  Object.fromEntries(Object.entries(scores).map(([label, { value }]) => [label, value]));

const useOf = (labels: LabelUses, label: string): LabelUse | undefined =>
  Object.hasOwn(labels, label) ? labels[label] : undefined;

/**
 * @param all in the order of the configured scorers
 * @param body the text that was scored
 */
export function combine(
  all: readonly { scorer: ExternalScorer; callResult: ScorerCallResult }[],
  body: string,
): ExternalResult {
  const maps: ScoreMap[] = [];
  const byScorerLabel: Record<string, Score> = {};
  const found: ExternalFindings['found'][number][] = [];
  const absent: ExternalFindings['absent'][number][] = [];
  const released: ExternalFindings['released'][number][] = [];
  const languages: string[] = [];
  for (const { scorer, callResult } of all) {
    const { key, name, whenAbsent, labels, isShadow } = scorer;
    const { outcome } = callResult;
    const scores = callResult.scores ?? {};
    if (isShadow) {
      for (const [label, score] of Object.entries(scores)) byScorerLabel[`${key}:${label}`] = score;
      continue;
    }
    if (outcome === 'scored') released.push(...releaseBy(scorer, valuesOf(scores), body));
    if (outcome !== 'scored') {
      if (whenAbsent === 'hold') absent.push({ name, reason: OUTCOME_TEXTS[outcome] });
    } else if (Object.keys(scores).some((label) => affectsDecision(labels, label))) {
      // Labels that are only displayed affect no decision, so they do not make the scorer's languages supported.
      languages.push(...scorer.languages);
    }
    // The scores of an incomplete response can hold a comment too.
    for (const [label, score] of Object.entries(scores)) {
      byScorerLabel[`${key}:${label}`] = score;
      const use = useOf(labels, label);
      for (const mappedLabel of use?.as ?? []) maps.push({ [mappedLabel]: score });
      const { hold = null, reject = null } = use ?? {};
      if (hold !== null || reject !== null)
        found.push({ name: `${name}: ${label}`, value: score.value, hold, reject });
    }
  }
  return {
    scores: addExternalRefusal(mergeScores(...maps)),
    byScorerLabel,
    found,
    absent,
    released,
    languages,
    answers: all.map(({ scorer: { key, name }, callResult: { outcome, durationMs, explanation } }) => ({
      scorer: key,
      name,
      outcome,
      durationMs,
      ...(explanation ?? NO_EXPLANATION),
    })),
  };
}
