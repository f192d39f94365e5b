import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { callerOf } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { newId, type DecisionId, type SiteId } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { PolicyService } from '../../sites/policy.service.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { scoreByModel, shippedScorer } from '../model/shipped-model.js';
import { labelsOf, type Labelled } from './decision-labels.js';
import type { LabelledText } from './site-corpus.js';
import { HumanDecisions } from './human-decisions.js';
import { isReadByModel, MAX_DECISIONS, MAX_SUGGESTED } from './training-limits.js';
import { SiteModelRepository, type SiteModelId, type SuggestedText } from './site-model.repository.js';
import { SiteModels } from './site-models.js';
import { trainSiteModel, type LabelFigures, type TrainedSiteModel } from './train-site-model.js';
import { TRAIN_SITE_MODEL, trainJobFor, type TrainSiteModelPayload } from './train-site-model.job.js';

const POLL_INTERVAL_MS = 10 * 60_000;
const AT_MOST_EVERY_MS = 6 * 60 * 60_000;
/** So many new decisions are worth a training. */
const NEW_DECISIONS = 50;
const MAX_SITES = 20;
/** Reading the decisions takes seconds; a plan that takes longer than this would take for ever. */
const READ_MS = 2 * 60_000;

interface HumanJudgedTexts {
  readonly through: DecisionId | null;
  readonly texts: LabelledText[];
  /** Of the texts, those that a person refused. */
  readonly refused: number;
}

/** What one training came to. */
export interface Training {
  readonly outcome: 'trained' | 'too-few' | 'failed';
  /** Texts that people had judged, and those of them that were refused. */
  readonly texts: number;
  readonly refused: number;
  readonly siteModelId: SiteModelId | null;
  readonly figures: TrainedSiteModel['figures'];
}

const NOTHING_JUDGED: HumanJudgedTexts = { through: null, texts: [], refused: 0 };

/** Trains sites' heads on what their people decided, and lets one take over where it is better and the site allows. */
@Injectable()
export class SiteModelTrainingService implements OnModuleInit {
  private readonly logger = new Logger('site-models');

  constructor(
    private readonly database: Database,
    private readonly models: SiteModelRepository,
    private readonly siteModels: SiteModels,
    private readonly decisions: HumanDecisions,
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
      (payload) => this.markFailed(payload),
    );
    this.ticker.every('sites-to-train', POLL_INTERVAL_MS, () => this.trainDueSites());
  }

  /** Adds a training for every site whose people decided enough since the last one. */
  async trainDueSites(): Promise<void> {
    const before = new Date(this.clock.nowMs() - AT_MOST_EVERY_MS);
    const due = await this.database.inSystem((tx) => {
      tx.allowLongStatements();
      return this.models.sitesToTrain(tx, before, NEW_DECISIONS, modelVersion(), MAX_SITES);
    });
    await this.jobs.add(due.map(trainJobFor));
  }

  async train({ siteId }: TrainSiteModelPayload): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    const ctx = contextOf(siteId);
    // A site that does not learn is looked at no sooner again than one that does.
    const judged =
      site.policy.moderation.learning === 'off'
        ? NOTHING_JUDGED
        : await this.database.inSite(ctx, (tx) => this.read(tx, ctx));
    const trained = await trainSiteModel(judged.texts, scoreByModel, modelVersion());
    await this.database.inSite(ctx, async (tx) => {
      const { siteModelId, rolledBack } = await this.store(tx, ctx, judged, trained);
      if (!trained || !siteModelId) return;
      const inForce = (await this.models.list(tx, ctx)).find(({ state }) => state === 'active');
      if (
        site.policy.moderation.learning === 'take-over' &&
        !rolledBack &&
        isBetter(trained, inForce?.modelVersion === trained.head.modelVersion ? inForce.figures : {})
      ) {
        await this.models.activate(tx, ctx, siteModelId, 'rule', this.clock.now());
        this.logger.log({ event: 'site-model.took-over', siteId, head: siteModelId });
      }
    });
  }

  /**
   * Trains a head that stays in the shadow until a person chooses it, whatever the policy says. A site that was not to
   * learn learns in the shadow from then on, where a head could be trained.
   *
   * @param ctx who set off what the head is trained on
   * @param note why the policy changes
   * @param alongside commits with the head; when it throws, nothing is kept
   * @param signal breaks off the reading of the decisions
   */
  async propose(
    ctx: SiteContext,
    note: string,
    alongside: (tx: Tx, training: Training) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Training> {
    const judged = await this.database.inSite(ctx, (tx) => {
      tx.breakOffOn(signal);
      return this.read(tx, ctx);
    });
    signal.throwIfAborted();
    let failed = false;
    const trained = await trainSiteModel(judged.texts, scoreByModel, modelVersion()).catch(
      (error: unknown) => {
        failed = true;
        this.logger.error({ event: 'site-model.training-failed', siteId: ctx.siteId, error });
        return null;
      },
    );
    return this.database.inSite(ctx, async (tx) => {
      const { siteModelId } = await this.store(tx, ctx, judged, trained, failed);
      if (siteModelId && (await this.sites.find(ctx.siteId))?.policy.moderation.learning === 'off') {
        // Otherwise a head that was chosen before learning was switched off would count again.
        await this.models.activate(tx, ctx, null, callerOf(ctx.principal), this.clock.now());
        await this.policies.change(ctx, { moderation: { learning: 'shadow' } }, { note });
      }
      const training: Training = {
        outcome: trained ? 'trained' : failed ? 'failed' : 'too-few',
        texts: judged.texts.length,
        refused: judged.refused,
        siteModelId,
        figures: trained?.figures ?? {},
      };
      await alongside(tx, training);
      return training;
    });
  }

  /** Puts what a training came to in the shadow. */
  private async store(
    tx: Tx,
    ctx: SiteContext,
    { through, texts }: HumanJudgedTexts,
    trained: TrainedSiteModel | null,
    failed = false,
  ): Promise<{ siteModelId: SiteModelId | null; rolledBack: boolean }> {
    const at = this.clock.now();
    const { rolledBack } = await this.models.recordTraining(tx, ctx, {
      at,
      through,
      texts: texts.length,
      outcome: trained ? 'trained' : failed ? 'failed' : 'too-few',
    });
    if (!trained) return { siteModelId: null, rolledBack };
    const siteModelId = newId<'site-model'>();
    await this.models.add(tx, ctx, siteModelId, trained, texts.length, at);
    await this.siteModels.announceChange(tx, ctx.siteId);
    return { siteModelId, rolledBack };
  }

  private async markFailed({ siteId }: TrainSiteModelPayload): Promise<void> {
    const ctx = contextOf(siteId);
    this.logger.error({ event: 'site-model.training-failed', siteId });
    await this.database.inSite(ctx, (tx) =>
      this.models.recordTraining(tx, ctx, {
        at: this.clock.now(),
        through: null,
        texts: 0,
        outcome: 'failed',
      }),
    );
  }

  private async read(tx: Tx, ctx: SiteContext): Promise<HumanJudgedTexts> {
    tx.allowLongStatements();
    await tx.query(`SET LOCAL statement_timeout = ${READ_MS}`);
    const decided = await this.decisions.latest(tx, ctx, MAX_DECISIONS);
    const suggested = await this.models.suggested(tx, ctx, MAX_SUGGESTED);
    const texts = [
      ...decided.map((each) => ({ text: each.text, labels: labelsOf(each), refused: each.refused })),
      ...suggested.map((each) => ({ text: each.text, labels: suggestedLabels(each), refused: false })),
    ].filter(({ text, labels }) => Object.keys(labels).length > 0 && isReadByModel(text));
    return {
      through: decided[0]?.decisionId ?? null,
      texts,
      refused: texts.filter(({ refused }) => refused).length,
    };
  }
}

const modelVersion = (): string => shippedScorer().model.header.version;

function suggestedLabels({ scores }: SuggestedText): Labelled {
  return Object.fromEntries(
    MODEL_LABELS.flatMap((label) => {
      const value = scores[label]?.value ?? null;
      return value === null ? [] : [[label, value]];
    }),
  );
}

/**
 * Whether a new head may have the say: for some label it beats the shipped model, and where another head has the say,
 * none of that one's labels gets worse by it. Both were measured on texts that no head was trained on.
 */
export function isBetter(
  { figures }: Pick<TrainedSiteModel, 'figures'>,
  inForce: Partial<Record<ModelLabel, LabelFigures>>,
): boolean {
  const gains = MODEL_LABELS.filter((label) => figures[label]?.beats);
  return gains.length > 0 && MODEL_LABELS.every((label) => !inForce[label]?.beats || figures[label]?.beats);
}

const contextOf = (siteId: SiteId): SiteContext => systemContext(siteId, `learn-${siteId}`);
