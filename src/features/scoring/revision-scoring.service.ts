import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { JobHandlers } from '../../platform/jobs/jobs.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import { SiteSettings } from '../sites/site-settings.js';
import { resolveStoryPolicy } from '../stories/story-facts.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { policyFor, type Policy } from '../sites/policy.js';
import { EmbeddingRepository } from './encoder/embedding.repository.js';
import { ExternalScoringService } from './external/external-scoring.service.js';
import { ExternalScorersService } from './external/external-scorers.service.js';
import { QualityScorer } from './quality/quality-scorer.service.js';
import type { QualityScores, ScoreMap } from './scores.js';
import { ScoreRepository, type RevisionToScore } from './score.repository.js';
import {
  SCORE_REVISION,
  SCORE_REVISION_EXTERNAL,
  scoreJobFor,
  type ScoreRevisionPayload,
} from './score-revision.job.js';
import type { Standing } from '../readers/reader.entity.js';
import { DecisionPort } from './decision-port.js';
import { ScoringPipelineService, type ScoredText } from './scoring-pipeline.service.js';
import { SiteModelShadow } from './site-model/site-model-shadow.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DECISION_SECONDS = [0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600];

/** Some phases returned no score: the job is retried, and the existing scores are stored for the moderator. */
class PhasesFailedError extends Error {
  override readonly name = 'PhasesFailedError';
}

/** Scores new texts and passes the scores to the decision in the same transaction that stores them. */
@Injectable()
export class RevisionScoringService implements OnModuleInit {
  private readonly logger = new Logger('scoring');
  private readonly untilDecision;

  constructor(
    private readonly database: Database,
    private readonly scores: ScoreRepository,
    private readonly embeddings: EmbeddingRepository,
    private readonly decisionPort: DecisionPort,
    private readonly pipeline: ScoringPipelineService,
    private readonly shadow: SiteModelShadow,
    private readonly quality: QualityScorer,
    private readonly sites: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly scorers: ExternalScorersService,
    private readonly external: ExternalScoringService,
    private readonly clock: Clock,
    private readonly outbox: OutboxHandlers,
    private readonly handlers: JobHandlers,
    metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.untilDecision = metrics.histogram(
      'postbag_decision_seconds',
      'Time from the submission or edit of a comment to the decision by the rules.',
      DECISION_SECONDS,
    );
  }

  onModuleInit(): void {
    this.outbox.register('scoring', ['comment.submitted', 'comment.edited'], async (_tx, events) => {
      const pending = events.filter(({ payload: { status } }) => status === 'pending');
      return Promise.all(
        pending.map(async ({ siteId, payload: { commentId, revision } }) =>
          scoreJobFor(
            { siteId, commentId, revision } as ScoreRevisionPayload,
            (await this.scorers.scorersFor(siteId)).length > 0,
          ),
        ),
      );
    });
    for (const job of [SCORE_REVISION, SCORE_REVISION_EXTERNAL]) {
      this.handlers.handle(
        job,
        (payload) => this.score(payload),
        (payload) => this.markFailed(payload),
      );
    }
  }

  /** Does nothing for a revision that is no longer pending, so a job may run late or twice. */
  async score(payload: ScoreRevisionPayload): Promise<void> {
    const ctx = contextOf(payload);
    const site = await this.sites.find(ctx.siteId);
    if (!site) return;
    const now = this.clock.now();
    // Without limits the history is not needed.
    const revision = await this.scores.load(ctx, payload, this.settings.limits ? now : null);
    if (!revision) return;

    const story = await this.stories.findById(ctx, revision.storyId);
    const policy = policyFor(resolveStoryPolicy(site, story, now), revision.authorTier);
    const ref = { commentId: payload.commentId, revisionId: revision.revisionId, revision: payload.revision };
    const scored = await this.pipeline.run(
      {
        body: revision.body,
        site,
        policy,
        publishedCount: revision.publishedCount,
        tenureDays: (now.getTime() - revision.since.getTime()) / DAY_MS,
        history: revision.history ?? null,
        isHeldAnyway: isHeldAnyway(standingAt(revision, now), revision.publishedCount, policy),
      },
      (input, local) => this.external.score(ctx, ref, input, local),
    );
    const { failures, scores, localScores, external } = scored;
    if (failures.length > 0) {
      for (const { phase, error } of failures) {
        const { siteId, commentId } = payload;
        this.logger.warn({ event: 'scoring.phase-failed', phase, siteId, commentId, error });
      }
      await this.database.inSite(ctx, (tx) =>
        this.save(tx, ctx, revision, { ...scored, scores: localScores }),
      );
      throw new PhasesFailedError(`no scores from ${failures.map(({ phase }) => phase).join(', ')}`);
    }

    const quality = await this.quality.score(ctx.siteId, { ...revision, ...scored });
    const shadow = await scored.shadow();
    const answer = await this.database.inSite(ctx, async (tx) => {
      const result = await this.decisionPort.decide(tx, ctx, {
        commentId: payload.commentId,
        revision: payload.revision,
        storyId: revision.storyId,
        body: revision.body,
        authorTier: revision.authorTier,
        scores,
        policy,
        policyVersion: site.policyVersion,
        standing: standingAt(revision, now),
        publishedCount: revision.publishedCount,
        isNew: scored.isNew,
        language: scored.language,
        unscoredLanguage: scored.unscoredLanguage,
        hasOrderingScores: scored.hasOrderingScores,
        languageToxicity: scored.languageToxicity,
        announcesSelfHarm: scored.announcesSelfHarm,
        spamReasons: scored.spamReasons,
        external,
      });
      if (result === 'decided') {
        this.save(tx, ctx, revision, { ...scored, scores: { ...scores, ...quality.scores } });
        this.scores.saveQuality(tx, ctx, payload.commentId, quality);
        if (shadow) this.shadow.save(tx, ctx, revision.revisionId, shadow, scores, policy);
      }
      return result;
    });
    if (answer === 'decided') {
      this.untilDecision.observe((this.clock.nowMs() - revision.pendingSince.getTime()) / 1000);
    }
  }

  /** All attempts failed or none ever ended: a moderator decides. */
  async markFailed(payload: ScoreRevisionPayload): Promise<void> {
    const ctx = contextOf(payload);
    const answer = await this.database.inSite(ctx, (tx) =>
      this.decisionPort.holdAfterFailure(tx, ctx, payload),
    );
    if (answer === 'decided') {
      const { siteId, commentId, revision } = payload;
      this.logger.warn({ event: 'scoring.attempts-exhausted', siteId, commentId, revision });
    }
  }

  private save(
    tx: Tx,
    ctx: SiteContext,
    { revisionId }: RevisionToScore,
    {
      scores,
      embedding,
      external,
    }: Pick<ScoredText, 'embedding' | 'external'> & { readonly scores: ScoreMap & QualityScores },
  ): void {
    this.scores.save(tx, ctx, revisionId, { ...scores, ...external.byScorerLabel });
    if (embedding) this.embeddings.save(tx, ctx, revisionId, embedding);
    this.external.saveAnswers(tx, ctx, revisionId, external);
  }
}

/** A standing whose end has passed is no longer in effect. */
function standingAt({ standing, standingUntil }: RevisionToScore, now: Date): Standing {
  return standingUntil !== null && standingUntil <= now ? 'normal' : standing;
}

/** Such comments wait for a moderator, so no second opinion is needed. */
function isHeldAnyway(standing: Standing, publishedCount: number, { moderation }: Policy): boolean {
  if (standing === 'trusted') return false;
  return (
    standing === 'banned' ||
    standing === 'suspended' ||
    standing === 'pre-moderated' ||
    publishedCount < moderation.newReaderHoldsFirst
  );
}

function contextOf({ siteId, commentId, revision }: ScoreRevisionPayload): SiteContext {
  return systemContext(siteId, `score-${commentId}-${revision}`);
}
