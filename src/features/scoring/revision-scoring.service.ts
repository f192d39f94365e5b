import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database } from '../../platform/database/database.js';
import { JobHandlers } from '../../platform/jobs/jobs.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import { SiteSettings } from '../sites/site-settings.js';
import { policyOf } from '../stories/story-facts.js';
import { StoryRegistry } from '../stories/story-registry.js';
import type { Policy } from '../sites/policy.js';
import { isNewReader, PHASES, runPhases, type History, type PhaseInput } from './phases/index.js';
import { detectLanguage } from './language/detect-language.js';
import { withTimeouts } from './phase-timeout.js';
import { ScoreRepository, type RevisionToScore } from './score.repository.js';
import { SCORE_REVISION, scoreJobFor, type ScoreRevisionPayload } from './score-revision.job.js';
import { ScoredRevisionSink, type Standing } from './scored-revision-sink.js';
import { SiteShadow } from './site-head/site-shadow.js';
import { TextScorer } from './text-scorer.js';

const PHASE_TIMEOUT_MS = 3_000;
/** What the text model reads, and what a text counts as whose language cannot be told. */
const ENGLISH = 'en';
const DAY_MS = 24 * 60 * 60 * 1000;
const NO_HISTORY: History = {
  own: [],
  others: [],
  sameByOthers: 0,
  byReader: { minute: 0, tenMinutes: 0 },
  onStory: { minute: 0, tenMinutes: 0 },
};
const DECISION_SECONDS = [0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600];

/** Some phases gave no score: the job is tried again, and what they did find is kept for the moderator. */
class PhasesFailedError extends Error {
  override readonly name = 'PhasesFailedError';
}

/** Scores new texts, and hands the scores to the decision in the transaction that keeps them. */
@Injectable()
export class RevisionScoring implements OnModuleInit {
  private readonly logger = new Logger('scoring');
  private readonly phases = withTimeouts(PHASES, PHASE_TIMEOUT_MS);
  private readonly untilDecision;

  constructor(
    private readonly database: Database,
    private readonly scores: ScoreRepository,
    private readonly sink: ScoredRevisionSink,
    private readonly texts: TextScorer,
    private readonly shadow: SiteShadow,
    private readonly sites: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly clock: Clock,
    private readonly outbox: OutboxHandlers,
    private readonly handlers: JobHandlers,
    metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.untilDecision = metrics.histogram(
      'postbag_decision_seconds',
      'Time from submission or edit to the decision by the rules.',
      DECISION_SECONDS,
    );
  }

  onModuleInit(): void {
    this.outbox.register('scoring', ['comment.submitted', 'comment.edited'], async (_tx, events) =>
      events.flatMap(({ siteId, payload: { commentId, revision, status } }) =>
        status === 'pending' ? [scoreJobFor({ siteId, commentId, revision } as ScoreRevisionPayload)] : [],
      ),
    );
    this.handlers.handle(
      SCORE_REVISION,
      (payload) => this.score(payload),
      (payload) => this.giveUp(payload),
    );
  }

  /** A revision that is no longer the pending one is left alone, so a job may run late, twice, or both. */
  async score(payload: ScoreRevisionPayload): Promise<void> {
    const ctx = contextOf(payload);
    const site = await this.sites.find(ctx.siteId);
    if (!site) return;
    const now = this.clock.now();
    // Without limits nobody looks at what went before.
    const revision = await this.scores.load(ctx, payload, this.settings.limits ? now : null);
    if (!revision) return;

    const policy = policyOf(site, await this.stories.findById(ctx, revision.storyId));
    // Learning is the site's: a story has its own policy, and no line of its own.
    const learns = site.policy.moderation.learning !== 'off';
    const input = this.inputOf(revision, policy, now, (text) =>
      this.texts.score(text, learns ? site.id : null),
    );
    const { scores, failures } = await runPhases(input, this.phases);
    if (failures.length > 0) {
      for (const { phase, error } of failures) {
        const { siteId, commentId } = payload;
        this.logger.warn({ event: 'scoring.phase-failed', phase, siteId, commentId, error });
      }
      await this.database.inSite(ctx, (tx) => this.scores.save(tx, ctx, revision.revisionId, scores));
      throw new PhasesFailedError(`no scores from ${failures.map(({ phase }) => phase).join(', ')}`);
    }

    const shadow = learns ? await this.shadow.of(site.id, revision.body, scores, policy) : null;
    const answer = await this.database.inSite(ctx, async (tx) => {
      const decided = await this.sink.decide(tx, ctx, {
        commentId: payload.commentId,
        revision: payload.revision,
        storyId: revision.storyId,
        scores,
        policy,
        policyVersion: site.policyVersion,
        standing: standingAt(revision, now),
        publishedCount: input.reader.publishedCount,
        isNew: input.reader.isNew,
        unscoredLanguage: input.language === ENGLISH ? null : input.language,
      });
      if (decided === 'decided') {
        this.scores.save(tx, ctx, revision.revisionId, scores);
        if (shadow) this.shadow.keep(tx, ctx, revision.revisionId, shadow);
      }
      return decided;
    });
    if (answer === 'decided') {
      this.untilDecision.observe((this.clock.nowMs() - revision.pendingSince.getTime()) / 1000);
    }
  }

  /** No attempt is left, or none ever ended: a person decides. */
  async giveUp(payload: ScoreRevisionPayload): Promise<void> {
    const ctx = contextOf(payload);
    const answer = await this.database.inSite(ctx, (tx) => this.sink.fail(tx, ctx, payload));
    if (answer === 'decided') {
      const { siteId, commentId, revision } = payload;
      this.logger.warn({ event: 'scoring.gave-up', siteId, commentId, revision });
    }
  }

  private inputOf(
    revision: RevisionToScore,
    policy: Policy,
    now: Date,
    scoreText: PhaseInput['scoreText'],
  ): PhaseInput {
    const facts = {
      publishedCount: revision.publishedCount,
      tenureDays: (now.getTime() - revision.since.getTime()) / DAY_MS,
    };
    return {
      body: revision.body,
      language: detectLanguage(revision.body),
      reader: { ...facts, isNew: isNewReader(facts) },
      settings: policy.moderation,
      history: revision.history ?? NO_HISTORY,
      scoreText,
      limits: this.settings.limits,
    };
  }
}

/** A standing with an end that has passed counts no more. */
function standingAt({ standing, standingUntil }: RevisionToScore, now: Date): Standing {
  return standingUntil !== null && standingUntil <= now ? 'normal' : standing;
}

function contextOf({ siteId, commentId, revision }: ScoreRevisionPayload): SiteContext {
  return systemContext(siteId, `score-${commentId}-${revision}`);
}
