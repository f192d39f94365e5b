import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import { JobHandlers, type JobToAdd } from '../../../platform/jobs/jobs.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import { OutboxHandlers, type OutboxEvent } from '../../../platform/outbox/outbox-handlers.js';
import { systemContext } from '../../../platform/tenancy/site-context.js';
import { labelsOf } from '../site-model/decision-labels.js';
import { HumanDecisions } from '../site-model/human-decisions.js';
import { detectLanguage } from '../language/detect-language.js';
import { CORRECT_SCORERS, correctJobFor, type CorrectScorersPayload } from './correct-scorers.job.js';
import type { ExternalScorer, ScorerInput } from './external-scorer.js';
import { ExternalScorerRepository, type ScoredText } from './external-scorer.repository.js';
import { ExternalScorersService } from './external-scorers.service.js';
import { CORRECTED_KINDS, kindOf } from './scorer-kinds.js';

const DECISION_EVENTS = ['comment.published', 'comment.rejected', 'comment.removed', 'comment.restored'];
/** From this score on, the scorer classified the text as spam. */
const REPORTED_AS_SPAM = 0.5;
const MAX_ANSWER_BYTES = 4_096;

/** The fields of a decision event that are used here. */
interface DecidedEvent {
  commentId: CorrectScorersPayload['commentId'];
  revision: number;
  decision?: { id: string; by: 'rule' | 'moderator' };
}

/** Sends corrections to scorers that accept them when a moderator decided against their score. */
@Injectable()
export class ScorerCorrectionsService implements OnModuleInit {
  /** Moderators can undo their own decisions for 30 s. */
  waitMs = 45_000;
  private readonly logger = new Logger('scoring');
  private readonly counter;

  constructor(
    private readonly database: Database,
    private readonly scorers: ExternalScorersService,
    private readonly repository: ExternalScorerRepository,
    private readonly decisions: HumanDecisions,
    private readonly outbound: Outbound,
    private readonly outbox: OutboxHandlers,
    private readonly handlers: JobHandlers,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter(
      'postbag_external_corrections_total',
      'Moderation decisions reported to external scorers, by kind and outcome.',
      ['kind', 'outcome'],
    );
  }

  onModuleInit(): void {
    this.outbox.register('scorer-corrections', DECISION_EVENTS, (tx, events) => this.jobsFor(tx, events));
    this.handlers.handle(CORRECT_SCORERS, (payload) => this.correct(payload));
  }

  private async jobsFor(tx: Tx, events: readonly OutboxEvent[]): Promise<JobToAdd[]> {
    const moderatorDecisions = events.flatMap(({ siteId, payload }) => {
      const { commentId, revision, decision } = payload as unknown as DecidedEvent;
      return decision?.by === 'moderator' ? [{ siteId, commentId, revision, decisionId: decision.id }] : [];
    });
    const [first] = moderatorDecisions;
    if (!first || !(await this.repository.hasKind(tx, first.siteId, CORRECTED_KINDS))) return [];
    return moderatorDecisions.map(({ decisionId, ...payload }) =>
      correctJobFor(payload, decisionId, this.waitMs),
    );
  }

  /** @throws Error if a scorer could not be reached, so that the job is retried */
  async correct({ siteId, commentId, revision }: CorrectScorersPayload): Promise<void> {
    const ctx = systemContext(siteId, 'scorer-corrections');
    const correctable = (await this.scorers.scorersFor(siteId)).filter(({ kind }) =>
      CORRECTED_KINDS.includes(kind),
    );
    if (correctable.length === 0) return;
    const [verdict, text] = await this.database.inSite(ctx, async (tx) => [
      await this.decisions.decidedText(tx, ctx, commentId, revision),
      await this.repository.scoredText(tx, ctx, commentId, revision),
    ]);
    const isSpam = verdict && labelsOf(verdict).spam;
    const facts = text && (await this.repository.factsOf(ctx, commentId));
    if (!text || !facts || typeof isSpam !== 'number') return;
    const { authorId, authorName, ...otherFacts } = facts;
    const input: ScorerInput = {
      siteId,
      commentId,
      revision,
      ...otherFacts,
      ...text,
      language: detectLanguage(text.body),
      author: { id: authorId, name: authorName, isNew: false, publishedCount: 0, tenureDays: 0 },
    };
    for (const scorer of correctable)
      if (isWrong(scorer, text, isSpam === 1)) await this.sendCorrection(scorer, input, isSpam === 1);
  }

  private async sendCorrection(scorer: ExternalScorer, input: ScorerInput, isSpam: boolean): Promise<void> {
    const correction = kindOf(scorer.kind).correct?.({ scorer, input, isSpam });
    if (!correction) return;
    const { url, headers, body } = correction;
    const { status } = await this.outbound
      .send({
        method: 'POST',
        url,
        headers: { 'user-agent': 'Postbag-Scoring/1', ...headers },
        body,
        bulkhead: `scorer ${scorer.siteId}`,
        timeoutMs: scorer.timeoutMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      })
      .catch((error: unknown) => {
        this.counter.inc({ kind: scorer.kind, outcome: 'failed' });
        throw error;
      });
    const isAccepted = status >= 200 && status < 300;
    this.counter.inc({ kind: scorer.kind, outcome: isAccepted ? 'accepted' : 'failed' });
    if (isAccepted) return;
    const { siteId, commentId } = input;
    this.logger.warn({ event: 'scoring.correction-failed', siteId, scorer: scorer.key, commentId, status });
    if (status >= 500 || status === 429) throw new Error(`the scorer responded with status ${status}`);
  }
}

/** A scorer without a score for the text cannot have been wrong. */
function isWrong({ key }: ExternalScorer, { spamBy }: ScoredText, isSpam: boolean): boolean {
  const spamScore = Object.hasOwn(spamBy, key) ? spamBy[key] : undefined;
  return spamScore !== undefined && spamScore >= REPORTED_AS_SPAM !== isSpam;
}
