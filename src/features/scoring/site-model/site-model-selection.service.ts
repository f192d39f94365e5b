import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict, notFound } from '../../../platform/http/problem.js';
import { isUuid } from '../../../platform/ids.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import type {
  SiteModelAnswer,
  SiteModelDetails,
  SiteModelPage,
  SiteModelSummary,
  TrainingQueued,
} from './site-model.dto.js';
import {
  SiteModelRepository,
  type SiteModelId,
  type StoredSiteModelSummary,
} from './site-model.repository.js';
import { SiteModels } from './site-models.js';
import { HumanDecisions } from './human-decisions.js';
import { shippedVersion } from './shipped-version.js';
import { isBetter } from './site-model-training.service.js';
import { TrainingExamplesView } from './training-examples.view.js';
import { trainJobFor } from './train-site-model.job.js';

/** Four weeks, so that every day of the week counts equally. */
const AUTOMATIC_PERIOD_MS = 28 * 24 * 60 * 60 * 1000;
/** One step of a large training takes less, even on a busy machine. */
const STALLED_AFTER_MS = 3 * 60_000;
const MODEL_SUBJECT = 'This model';

/** Lets people view the trained site models, choose one, and roll back. */
@Injectable()
export class SiteModelSelectionService {
  constructor(
    private readonly database: Database,
    private readonly models: SiteModelRepository,
    private readonly siteModels: SiteModels,
    private readonly examples: TrainingExamplesView,
    private readonly decisions: HumanDecisions,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
  ) {}

  read(ctx: SiteContext, site: SiteFacts): Promise<SiteModelAnswer> {
    return this.database.inSite(ctx, (tx) => this.answer(tx, ctx, site));
  }

  list(ctx: SiteContext): Promise<SiteModelPage> {
    return this.database.inSite(ctx, async (tx) => ({
      items: (await this.models.list(tx, ctx)).map(summaryOf),
      next: null,
    }));
  }

  /** @throws Problem 404 */
  readOne(ctx: SiteContext, id: string): Promise<SiteModelDetails> {
    return this.database.inSite(ctx, async (tx) => {
      const found = isUuid(id) ? await this.models.find(tx, ctx, id as SiteModelId) : null;
      if (!found) throw notFound(MODEL_SUBJECT);
      return { ...summaryOf(found), words: found.words };
    });
  }

  /** @throws Problem 404, 409 `not-better`, `other-model` */
  select(ctx: SiteContext, site: SiteFacts, id: SiteModelId | null): Promise<SiteModelAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      // Takes the lock first, so that a concurrent training runs before or after and not in between.
      await this.models.recordSelection(tx, ctx, id === null);
      const found = id === null ? null : await this.models.find(tx, ctx, id);
      if (id !== null) {
        if (!found) throw notFound(MODEL_SUBJECT);
        if (!isBetter(found, {}))
          throw conflict(
            'not-better',
            'This site model does not beat the shipped model on the held-out examples.',
          );
        if (found.modelVersion !== shippedVersion())
          throw conflict(
            'other-model',
            'This site model was trained against another version of the shipped model; train a new one.',
          );
      }
      await this.models.activate(tx, ctx, id, this.clock.now());
      await this.siteModels.announceChange(tx, ctx.siteId);
      return this.answer(tx, ctx, site);
    });
  }

  /** @throws Problem 409 `learning-off` */
  async train(ctx: SiteContext, { policy }: SiteFacts): Promise<TrainingQueued> {
    if (policy.moderation.learning === 'off')
      throw conflict('learning-off', 'Learning is off in this site’s policy: set moderation.learning first.');
    await this.database.inSite(ctx, async (tx) => {
      await this.models.recordQueued(tx, ctx, this.clock.now(), this.stalledBefore());
      // Inside the transaction: a job that starts at once waits for the row, and a job that was not added leaves none.
      await this.jobs.add([trainJobFor(ctx.siteId)]);
    });
    return { status: 'queued' };
  }

  private stalledBefore(): Date {
    return new Date(this.clock.nowMs() - STALLED_AFTER_MS);
  }

  private async answer(tx: Tx, ctx: SiteContext, { policy }: SiteFacts): Promise<SiteModelAnswer> {
    const models = await this.models.list(tx, ctx);
    const { trainedAt, texts, outcome, rolledBack, startedAt, progressAt, progress, phase } =
      await this.models.trainingState(tx, ctx);
    const summaryIn = (state: StoredSiteModelSummary['state']): SiteModelSummary | null => {
      const found = models.find((model) => model.state === state);
      return found ? summaryOf(found) : null;
    };
    return {
      learning: policy.moderation.learning,
      active: summaryIn('active'),
      shadow: summaryIn('shadow'),
      training: startedAt &&
        progressAt &&
        phase && {
          phase,
          progress,
          startedAt: startedAt.toISOString(),
          updatedAt: progressAt.toISOString(),
          isStalled: progressAt < this.stalledBefore(),
        },
      lastTraining: {
        at: trainedAt?.toISOString() ?? null,
        texts,
        outcome,
        failedIn: outcome === 'failed' && !startedAt ? phase : null,
      },
      rolledBack,
      automaticNow: await this.decisions.automaticShare(
        tx,
        ctx,
        new Date(this.clock.nowMs() - AUTOMATIC_PERIOD_MS),
      ),
      collected: await this.examples.collected(tx, ctx),
    };
  }
}

const summaryOf = ({
  createdAt,
  activatedAt,
  endedAt,
  ...model
}: StoredSiteModelSummary): SiteModelSummary => ({
  id: model.id,
  state: model.state,
  modelVersion: model.modelVersion,
  texts: model.texts,
  figures: model.figures,
  shadow: model.shadow,
  createdAt: createdAt.toISOString(),
  activatedAt: activatedAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
});
