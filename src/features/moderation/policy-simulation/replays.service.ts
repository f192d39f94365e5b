import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict, notFound } from '../../../platform/http/problem.js';
import { isUuid, newId } from '../../../platform/ids.js';
import { JobHandlers, type JobToAdd } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { ExternalScorersService } from '../../scoring/external/external-scorers.service.js';
import { releaseBy } from '../../scoring/external/second-opinion.js';
import { unreadLanguage } from '../../scoring/language/detect-language.js';
import { languageToxicity } from '../../scoring/language-models/language-toxicity.js';
import { isNewReader } from '../../scoring/phases/index.js';
import { fromBytes } from '../../scoring/encoder/embedding.js';
import { announcesSelfHarm } from '../../scoring/phases/self-harm-announcements.js';
import { LABELS, type ScoreMap } from '../../scoring/scores.js';
import { mergePolicy, policyFor, type PartialPolicy, type Policy } from '../../sites/policy.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { PublishLimits } from '../../sites/publish-limits.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { resolveStoryPolicy } from '../../stories/story-facts.js';
import { StoryRegistry } from '../../stories/story-registry.js';
import { checkedPolicy } from '../../sites/parse-policy.js';
import { chooseVerdict } from '../decision-rules.js';
import { REPLAY_POLICY, replayJobFor, type ReplayId, type ReplayPolicyPayload } from './replay-policy.job.js';
import {
  ReplayRepository,
  type PastComment,
  type Replay,
  type ReplayDifference,
  type Tally,
} from './replay.repository.js';
import { brigadeReason } from '../brigades/wave.js';
import { verdictUnderPolicy, type ScoredText } from './draft-verdicts.js';

const BATCH_SIZE = 200;
/** After this many batches another job continues, so that no job reaches its timeout. */
const BATCHES_PER_JOB = 25;
const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_LISTED = 50;
const ENGLISH = 'en';

/** Replays draft policies over past comments in the background. Each batch commits its progress. */
@Injectable()
export class ReplaysService implements OnModuleInit {
  private readonly logger = new Logger('policy');

  constructor(
    private readonly database: Database,
    private readonly repository: ReplayRepository,
    private readonly sites: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly scorers: ExternalScorersService,
    private readonly publishLimits: PublishLimits,
    private readonly jobs: JobsService,
    private readonly handlers: JobHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(
      REPLAY_POLICY,
      (payload, signal) => this.run(payload, signal),
      (payload) => this.markFailed(payload),
    );
  }

  /** @throws Problem 400 for an inconsistent draft, 409 if the model of a language may not publish */
  async start(
    ctx: SiteContext,
    site: SiteFacts,
    requested: PartialPolicy,
    maxComments: number,
  ): Promise<Replay> {
    const draft = await this.publishLimits.complete(ctx, site.policy.moderation, requested);
    checkedPolicy(mergePolicy(site.policy, draft), '/policy');
    const id = newId<'policy-replay'>();
    return this.database.inSite(ctx, async (tx) => {
      await this.repository.insert(tx, ctx, {
        id,
        draft,
        live: site.policy,
        policyVersion: site.policyVersion,
        maxComments,
        createdAt: this.clock.now(),
      });
      await this.jobs.add([replayJobFor({ siteId: ctx.siteId, replayId: id }, 'start')]);
      return this.requireFound(await this.repository.find(tx, ctx, id));
    });
  }

  list(ctx: SiteContext): Promise<Replay[]> {
    return this.database.inSite(ctx, (tx) => this.repository.list(tx, ctx, MAX_LISTED));
  }

  /** @throws Problem 404 */
  find(ctx: SiteContext, id: string): Promise<Replay> {
    return this.database.inSite(ctx, async (tx) =>
      this.requireFound(isUuid(id) ? await this.repository.find(tx, ctx, id as ReplayId) : null),
    );
  }

  /** @throws Problem 404, 409 when it has ended */
  cancel(ctx: SiteContext, id: string): Promise<Replay> {
    return this.changeState(ctx, id, ['waiting', 'running'], 'cancelled', 'It has ended already.');
  }

  /**
   * Resumes a replay that was cancelled or failed.
   * @throws Problem 404, 409 if it was neither
   */
  resume(ctx: SiteContext, id: string): Promise<Replay> {
    return this.changeState(
      ctx,
      id,
      ['cancelled', 'failed'],
      'waiting',
      'Only a cancelled or failed replay can be resumed.',
    );
  }

  private changeState(
    ctx: SiteContext,
    replayId: string,
    from: readonly Replay['state'][],
    to: 'cancelled' | 'waiting',
    refusal: string,
  ): Promise<Replay> {
    return this.database.inSite(ctx, async (tx) => {
      const { id } = this.requireFound(
        isUuid(replayId) ? await this.repository.find(tx, ctx, replayId as ReplayId) : null,
      );
      const endedAt = to === 'cancelled' ? this.clock.now() : null;
      const hasChanged = await this.repository.changeState(tx, ctx, id, from, to, endedAt);
      const replay = this.requireFound(await this.repository.find(tx, ctx, id));
      if (!hasChanged) throw conflict('wrong-state', refusal, { currentState: replay.state });
      if (to === 'waiting')
        await this.jobs.add([replayJobFor({ siteId: ctx.siteId, replayId: id }, `run-${replay.runs}`)]);
      return replay;
    });
  }

  private async run(payload: ReplayPolicyPayload, signal: AbortSignal): Promise<JobToAdd[]> {
    const ctx = systemContext(payload.siteId, `replay-${payload.replayId}`);
    const site = await this.sites.find(ctx.siteId);
    if (!site) return [];
    for (let batch = 0; batch < BATCHES_PER_JOB; batch++) {
      // If the worker shuts down, the job runs again later and continues after the last committed batch.
      signal.throwIfAborted();
      const progress = await this.database.inSite(ctx, (tx) =>
        this.replayBatch(tx, ctx, site, payload.replayId),
      );
      if (progress === 'ended') return [];
    }
    const { runs, seen } = await this.find(ctx, payload.replayId);
    return [replayJobFor(payload, `run-${runs}-from-${seen}`)];
  }

  private async replayBatch(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    id: ReplayId,
  ): Promise<'more' | 'ended'> {
    tx.allowLongStatements();
    const replay = await this.repository.lock(tx, ctx, id);
    if (!replay) return 'ended';
    const rows = await this.repository.pastComments(
      tx,
      ctx,
      replay.reached,
      Math.min(BATCH_SIZE, replay.maxComments - replay.seen),
    );
    const draftPolicy = checkedPolicy(mergePolicy(replay.live, replay.draft), '/policy');
    const [live, draft] = [
      { ...site, policy: replay.live },
      { ...site, policy: draftPolicy },
    ];
    const external = await this.scorers.scorersFor(ctx.siteId);
    const tally: Tally = { ...replay.tally };
    const differences: ReplayDifference[] = [];
    for (const row of rows) {
      const difference = await this.simulate(ctx, row, live, draft, external);
      if (difference === null) {
        tally['unscored'] = (tally['unscored'] ?? 0) + 1;
        continue;
      }
      const cell = `${difference.live}/${difference.draft}/${difference.people ?? 'none'}`;
      tally[cell] = (tally[cell] ?? 0) + 1;
      if (difference.live !== difference.draft) differences.push(difference);
    }
    await this.repository.addDifferences(tx, ctx, id, differences);
    const seen = replay.seen + rows.length;
    const isDone = rows.length < BATCH_SIZE || seen >= replay.maxComments;
    const reached = rows.at(-1)?.id ?? replay.reached;
    await this.repository.advance(tx, ctx, { id, reached, seen, tally }, isDone ? this.clock.now() : null);
    return isDone ? 'ended' : 'more';
  }

  /** @returns null for a comment without scores, because its scoring failed and every policy holds it */
  private async simulate(
    ctx: SiteContext,
    row: PastComment,
    live: SiteFacts,
    draft: SiteFacts,
    external: Awaited<ReturnType<ExternalScorersService['scorersFor']>>,
  ): Promise<ReplayDifference | null> {
    if (row.scores === null) return null;
    const story = await this.stories.findById(ctx, row.storyId);
    const storyPolicyOf = (site: SiteFacts): Policy =>
      policyFor(resolveStoryPolicy(site, story, row.createdAt), row.authorTier);
    const text = scoredTextOf(row, row.scores, external);
    const livePolicy = storyPolicyOf(live);
    const [liveVerdict, draftVerdict] = [
      chooseVerdict(text.scores, text.standing, livePolicy, text.facts),
      verdictUnderPolicy(text, livePolicy, storyPolicyOf(draft)),
    ];
    return {
      commentId: row.id,
      revision: row.revision,
      live: liveVerdict.action,
      draft: draftVerdict.action,
      liveRule: liveVerdict.rule.text,
      draftRule: draftVerdict.rule.text,
      people: row.people,
    };
  }

  private async markFailed({ siteId, replayId }: ReplayPolicyPayload): Promise<void> {
    const ctx = systemContext(siteId, `replay-${replayId}`);
    this.logger.error({ event: 'policy.replay-failed', siteId, replayId });
    await this.database.inSite(ctx, (tx) =>
      this.repository.changeState(tx, ctx, replayId, ['waiting', 'running'], 'failed', this.clock.now()),
    );
  }

  private requireFound(replay: Replay | null): Replay {
    if (!replay) throw notFound('This replay');
    return replay;
  }
}

function scoredTextOf(
  row: PastComment,
  stored: Record<string, number>,
  external: Awaited<ReturnType<ExternalScorersService['scorersFor']>>,
): ScoredText {
  const scores: ScoreMap = {};
  for (const label of LABELS) {
    const value = stored[label];
    if (value !== undefined) scores[label] = { value, spans: [] };
  }
  // Uses the scorers' current thresholds. Outages at the time are ignored, because they affect both policies alike.
  const deciding = external.filter(({ isShadow }) => !isShadow);
  const found = deciding.flatMap(({ key, name, labels }) =>
    Object.entries(labels).flatMap(([label, { hold = null, reject = null }]) => {
      const value = stored[`${key}:${label}`];
      return value === undefined || (hold === null && reject === null)
        ? []
        : [{ name: `${name}: ${label}`, value, hold, reject }];
    }),
  );
  const released = deciding.flatMap((scorer) => {
    const prefix = `${scorer.key}:`;
    const values = Object.entries(stored).filter(([label]) => label.startsWith(prefix));
    return releaseBy(scorer, Object.fromEntries(values), row.body);
  });
  const facts = {
    publishedCount: row.publishedCount,
    tenureDays: (row.createdAt.getTime() - row.since.getTime()) / DAY_MS,
  };
  const scoredLanguages = [ENGLISH, ...deciding.flatMap(({ languages }) => languages)];
  const unscoredLanguage = unreadLanguage(row.body, row.language, scoredLanguages);
  return {
    body: row.body,
    scores,
    language: row.language,
    standing: row.standing,
    facts: {
      publishedCount: row.publishedCount,
      isNew: isNewReader(facts),
      unscoredLanguage,
      languageToxicity: languageToxicity(unscoredLanguage, row.body),
      announcesSelfHarm: announcesSelfHarm(row, row.embedding && fromBytes(row.embedding)),
      brigading: row.brigades.map(({ kind, readers, minutes }) => brigadeReason(kind, readers, minutes)),
      external: { found, absent: [], released },
    },
  };
}
