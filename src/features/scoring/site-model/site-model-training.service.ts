import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { newId, type DecisionId, type SiteId } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { PolicyService } from '../../sites/policy.service.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { SITE_LABELS, type SiteLabel } from './site-labels.js';
import { labelsOf, type Labelled } from './decision-labels.js';
import type { LabelledText } from './site-corpus.js';
import { HumanDecisions } from './human-decisions.js';
import { shippedVersion } from './shipped-version.js';
import { isSupportedByModel, MAX_DECISIONS, MAX_SUGGESTED, MAX_UNDECIDED } from './training-limits.js';
import { TrainingTextsService, type TrainingText } from './training-texts.service.js';
import { SiteModelRepository, type SiteModelId, type SuggestedText } from './site-model.repository.js';
import { SiteModels } from './site-models.js';
import { reportTo } from './training-progress.js';
import { trainSiteModel, type LabelFigures, type TrainedSiteModel } from './train-site-model.js';
import { TRAIN_SITE_MODEL, trainJobFor, type TrainSiteModelPayload } from './train-site-model.job.js';
import { sql } from '../../../platform/database/sql.js';

const POLL_INTERVAL_MS = 10 * 60_000;
const MIN_TRAINING_INTERVAL_MS = 6 * 60 * 60_000;
/** Number of new decisions that triggers a training. */
const MIN_NEW_DECISIONS = 50;
const MAX_SITES = 20;
/** Reading the decisions takes seconds; a query slower than this has a bad plan and would not finish. */
const READ_TIMEOUT_MS = 2 * 60_000;

interface TrainingTexts {
  readonly through: DecisionId | null;
  readonly texts: TrainingText[];
}

/** Result of one training. */
export interface TrainingResult {
  readonly outcome: 'trained' | 'too-few' | 'failed';
  /** Number of texts used, with suggested scores or decisions, and how many people refused. */
  readonly texts: number;
  readonly refused: number;
  readonly siteModelId: SiteModelId | null;
  readonly figures: TrainedSiteModel['figures'];
}

const NO_TEXTS: TrainingTexts = { through: null, texts: [] };

/** Trains site models from human decisions, and activates one that is better if the site allows it. */
@Injectable()
export class SiteModelTrainingService implements OnModuleInit {
  private readonly logger = new Logger('site-models');

  constructor(
    private readonly database: Database,
    private readonly models: SiteModelRepository,
    private readonly siteModels: SiteModels,
    private readonly decisions: HumanDecisions,
    private readonly trainingTexts: TrainingTextsService,
    private readonly sites: SiteSettings,
    private readonly policies: PolicyService,
    private readonly clock: Clock,
    private readonly jobs: JobsService,
    private readonly handlers: JobHandlers,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(
      TRAIN_SITE_MODEL,
      (payload) => this.train(payload),
      (payload, error) => this.markFailed(payload, error),
    );
    this.ticker.every('sites-to-train', POLL_INTERVAL_MS, () => this.trainDueSites());
  }

  /** Adds a training job for every site with enough human decisions since the last one. */
  async trainDueSites(): Promise<void> {
    const before = new Date(this.clock.nowMs() - MIN_TRAINING_INTERVAL_MS);
    const due = await this.database.inSystem((tx) => {
      tx.allowLongStatements();
      return this.models.sitesToTrain(tx, before, MIN_NEW_DECISIONS, shippedVersion(), MAX_SITES);
    });
    await this.jobs.add(due.map(trainJobFor));
  }

  async train({ siteId }: TrainSiteModelPayload): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    const ctx = contextOf(siteId);
    const report = reportTo(
      (phase, progress) =>
        this.database.inSite(ctx, (tx) =>
          this.models.recordProgress(tx, ctx, phase, progress, this.clock.now()),
        ),
      () => this.clock.nowMs(),
    );
    await report('reading', 0, 1);
    // The training is recorded even if learning is off, so that the site is not checked more often than others.
    const input =
      site.policy.moderation.learning === 'off'
        ? NO_TEXTS
        : await this.database.inSite(ctx, (tx) => this.read(tx, ctx));
    const texts = await this.trainingTexts.prepare(ctx, input.texts, undefined, report);
    const trained = await trainSiteModel(texts, shippedVersion(), report);
    const used = { through: input.through, texts: texts.filter(isEvidence).length };
    await this.database.inSite(ctx, async (tx) => {
      const { siteModelId, rolledBack } = await this.store(tx, ctx, used, trained);
      if (!trained || !siteModelId) return;
      const active = (await this.models.list(tx, ctx)).find(({ state }) => state === 'active');
      if (
        site.policy.moderation.learning === 'take-over' &&
        !rolledBack &&
        isBetter(trained, active?.modelVersion === trained.siteModel.modelVersion ? active.figures : {})
      ) {
        await this.models.activate(tx, ctx, siteModelId, this.clock.now());
        this.logger.log({ event: 'site-model.activated', siteId, siteModelId });
      }
    });
  }

  /**
   * Trains a site model that stays in shadow mode until a person activates it, regardless of the policy. If a model
   * could be trained, a site with learning off is switched to learning in shadow mode.
   *
   * @param ctx the caller that started the training
   * @param note why the policy changes
   * @param onStored runs in the storing transaction; if it throws, nothing is stored
   * @param signal aborts reading the decisions
   */
  async propose(
    ctx: SiteContext,
    note: string,
    onStored: (tx: Tx, training: TrainingResult) => Promise<void>,
    signal: AbortSignal,
  ): Promise<TrainingResult> {
    const input = await this.database.inSite(ctx, (tx) => {
      tx.disconnectOn(signal);
      return this.read(tx, ctx);
    });
    signal.throwIfAborted();
    const texts = await this.trainingTexts.prepare(ctx, input.texts, signal);
    let failed = false;
    const trained = await trainSiteModel(texts, shippedVersion()).catch((error: unknown) => {
      failed = true;
      this.logger.error({ event: 'site-model.training-failed', siteId: ctx.siteId, error });
      return null;
    });
    const used = texts.filter(isEvidence);
    return this.database.inSite(ctx, async (tx) => {
      const { siteModelId } = await this.store(
        tx,
        ctx,
        { through: input.through, texts: used.length },
        trained,
        failed,
      );
      if (siteModelId && (await this.sites.find(ctx.siteId))?.policy.moderation.learning === 'off') {
        // Otherwise a site model that was active before learning was switched off would be in effect again.
        await this.models.activate(tx, ctx, null, this.clock.now());
        await this.policies.change(ctx, { moderation: { learning: 'shadow' } }, { note });
      }
      const training: TrainingResult = {
        outcome: trained ? 'trained' : failed ? 'failed' : 'too-few',
        texts: used.length,
        refused: used.filter(({ isRefused }) => isRefused).length,
        siteModelId,
        figures: trained?.figures ?? {},
      };
      await onStored(tx, training);
      return training;
    });
  }

  /** Stores the result of a training in shadow mode. */
  private async store(
    tx: Tx,
    ctx: SiteContext,
    { through, texts }: { readonly through: DecisionId | null; readonly texts: number },
    trained: TrainedSiteModel | null,
    failed = false,
  ): Promise<{ siteModelId: SiteModelId | null; rolledBack: boolean }> {
    const at = this.clock.now();
    const { rolledBack } = await this.models.recordTraining(tx, ctx, {
      at,
      through,
      texts,
      outcome: trained ? 'trained' : failed ? 'failed' : 'too-few',
    });
    if (!trained) return { siteModelId: null, rolledBack };
    const siteModelId = newId<'site-model'>();
    await this.models.add(tx, ctx, siteModelId, trained, texts, at);
    await this.siteModels.announceChange(tx, ctx.siteId);
    return { siteModelId, rolledBack };
  }

  private async markFailed({ siteId }: TrainSiteModelPayload, error: unknown): Promise<void> {
    const ctx = contextOf(siteId);
    this.logger.error({ event: 'site-model.training-failed', siteId, error });
    await this.database.inSite(ctx, (tx) =>
      this.models.recordTraining(tx, ctx, {
        at: this.clock.now(),
        through: null,
        texts: 0,
        outcome: 'failed',
      }),
    );
  }

  private async read(tx: Tx, ctx: SiteContext): Promise<TrainingTexts> {
    tx.allowLongStatements();
    await tx.query(sql`SELECT set_config('statement_timeout', $1, true)`, [String(READ_TIMEOUT_MS)]);
    const decided = await this.decisions.latest(tx, ctx, MAX_DECISIONS);
    const suggested = await this.models.suggested(tx, ctx, MAX_SUGGESTED);
    const oldest = decided.at(-1);
    const undecided = oldest
      ? await this.decisions.undecided(tx, ctx, oldest.decisionId, Math.min(MAX_UNDECIDED, decided.length))
      : { texts: [], population: 0 };
    const weight = undecided.population / Math.max(1, undecided.texts.length);
    const texts: TrainingText[] = [
      ...decided.map((each) => ({
        revisionId: each.revisionId,
        text: each.text,
        labels: labelsOf(each),
        isRefused: each.refused,
      })),
      ...suggested.map((each) => ({ revisionId: null, text: each.text, labels: suggestedLabels(each) })),
      ...undecided.texts.map(({ revisionId, text, isRefused }) =>
        isRefused === null
          ? { revisionId, text, labels: {}, isAnchor: true, weight }
          : { revisionId, text, labels: labelsOf({ refused: isRefused, ...NO_REASON }), isRefused, weight },
      ),
    ].filter(({ text }) => isSupportedByModel(text));
    return { through: decided[0]?.decisionId ?? null, texts };
  }
}

const NO_REASON = { reason: null, rule: null };

/** Whether a person decided about a text, or suggested scores, so that something can be learned from it. */
const isEvidence = ({ isAnchor, labels }: LabelledText): boolean =>
  !isAnchor && Object.keys(labels).length > 0;

function suggestedLabels({ scores }: SuggestedText): Labelled {
  return Object.fromEntries(
    SITE_LABELS.flatMap((label) => {
      const value = scores[label]?.value ?? null;
      return value === null ? [] : [[label, value]];
    }),
  );
}

/**
 * Whether a new site model may be activated: it must beat the shipped model on at least one label and, if another
 * site model is active, on every label on which that one does. Both were measured on texts that no site model was
 * trained on.
 */
export function isBetter(
  { figures }: Pick<TrainedSiteModel, 'figures'>,
  active: Partial<Record<SiteLabel, LabelFigures>>,
): boolean {
  const improved = SITE_LABELS.filter((label) => figures[label]?.beats);
  return improved.length > 0 && SITE_LABELS.every((label) => !active[label]?.beats || figures[label]?.beats);
}

const contextOf = (siteId: SiteId): SiteContext => systemContext(siteId, `learn-${siteId}`);
