import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId, type SiteId } from '../../../platform/ids.js';
import { JobHandlers, type JobToAdd } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { detectLanguage } from '../language/detect-language.js';
import { QualityHead } from '../quality/quality-head.js';
import { TrainingTextsService } from '../site-model/training-texts.service.js';
import { balance, drawComments, MIN_PICKS, type Drawn } from './draw-comments.js';
import type { PickText } from './picks-model.js';
import {
  rankJobFor,
  TRAIN_PICKS_MODEL,
  trainPicksJobFor,
  type TrainPicksModelPayload,
} from './picks-model.jobs.js';
import { PicksModelRepository, type ListedComment, type PicksModelId } from './picks-model.repository.js';
import { PicksModels } from './picks-models.js';
import { trainPicksModel } from './train-picks-model.js';

const POLL_INTERVAL_MS = 10 * 60_000;
const MIN_TRAINING_INTERVAL_MS = 6 * 60 * 60_000;
/** Change in the number of picks that triggers a training. */
const MIN_CHANGES = 10;
const MAX_SITES = 20;
const ENGLISH = 'en';

type TrainingComment = Drawn<ListedComment> & PickText;

/** Trains picks models, and uses the latest one if it ranks the picks of a site better than the shipped head does. */
@Injectable()
export class PicksModelTrainingService implements OnModuleInit {
  private readonly logger = new Logger('picks-models');
  private readonly head = QualityHead.load();

  constructor(
    private readonly database: Database,
    private readonly models: PicksModelRepository,
    private readonly picksModels: PicksModels,
    private readonly trainingTexts: TrainingTextsService,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
    private readonly jobs: JobsService,
    private readonly handlers: JobHandlers,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(
      TRAIN_PICKS_MODEL,
      (payload) => this.train(payload),
      (payload) => this.markFailed(payload),
    );
    this.ticker.every('picks-models-to-train', POLL_INTERVAL_MS, () => this.trainDueSites());
  }

  /** Adds a training job for every site whose picks changed enough since the last one. */
  async trainDueSites(): Promise<void> {
    const before = new Date(this.clock.nowMs() - MIN_TRAINING_INTERVAL_MS);
    const limits = { minPicks: MIN_PICKS, minChanges: MIN_CHANGES, maxSites: MAX_SITES };
    const due = await this.database.inSystem((tx) => {
      tx.allowLongStatements();
      return this.models.sitesToTrain(tx, before, limits, QualityHead.version());
    });
    await this.jobs.add(due.map(trainPicksJobFor));
  }

  /** @returns the job that ranks the comments by the model that is in use now */
  async train({ siteId }: TrainPicksModelPayload): Promise<readonly JobToAdd[]> {
    if (!(await this.sites.find(siteId))) return [];
    const ctx = contextOf(siteId);
    const { picks, comments } = await this.read(ctx);
    const trained = comments.length === 0 ? null : await trainPicksModel(comments);
    const inUse = await this.database.inSite(ctx, async (tx) => {
      const at = this.clock.now();
      await this.models.record(tx, ctx, { trainedAt: at, picks, outcome: trained ? 'trained' : 'too-few' });
      // A person may have switched it off meanwhile.
      const { enabled } = await this.models.trainingState(tx, ctx);
      const id = newId<'picks-model'>();
      if (trained)
        await this.models.add(tx, ctx, id, trained, {
          modelVersion: QualityHead.version(),
          picks: comments.filter(({ isPicked }) => isPicked).length,
          comments: comments.length,
          createdAt: at,
        });
      const active: PicksModelId | null = enabled && trained && trained.figures.gainAtLeast > 0 ? id : null;
      await this.models.activate(tx, ctx, active);
      await this.picksModels.announceChange(tx, siteId);
      return active;
    });
    this.logger.log({ event: 'picks-model.trained', siteId, picks, inUse });
    return [rankJobFor(siteId, inUse)];
  }

  private async read(ctx: SiteContext): Promise<{ picks: number; comments: TrainingComment[] }> {
    const { picks, drawn, bodies } = await this.database.inSite(ctx, async (tx) => {
      tx.allowLongStatements();
      const candidates = drawComments(await this.models.drawable(tx, ctx));
      return {
        picks: await this.models.countPicks(tx, ctx),
        drawn: candidates,
        bodies: await this.models.bodies(
          tx,
          ctx,
          candidates.map(({ revisionId }) => revisionId),
        ),
      };
    });
    const texts = drawn.flatMap((comment) => {
      const text = bodies.get(comment.revisionId);
      return text !== undefined && detectLanguage(text) === ENGLISH
        ? [{ ...comment, text, isRefused: comment.isPicked }]
        : [];
    });
    const embeddings = await this.trainingTexts.embed(ctx, texts);
    const read = texts.flatMap((comment) => {
      const { text: body } = comment;
      const embedding = embeddings.get(comment);
      if (!embedding) return [];
      return [{ ...comment, body, embedding, shipped: this.head.compareWithLength(body, embedding) }];
    });
    // Some could not be read.
    return { picks, comments: balance(read) };
  }

  private async markFailed({ siteId }: TrainPicksModelPayload): Promise<void> {
    const ctx = contextOf(siteId);
    this.logger.error({ event: 'picks-model.training-failed', siteId });
    await this.database.inSite(ctx, (tx) =>
      this.models.record(tx, ctx, { trainedAt: this.clock.now(), outcome: 'failed' }),
    );
  }
}

const contextOf = (siteId: SiteId): SiteContext => systemContext(siteId, `picks-${siteId}`);
