import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict } from '../../../platform/http/problem.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { QualityHead } from '../quality/quality-head.js';
import type { TrainingQueued } from '../site-model/site-model.dto.js';
import { MIN_PICKS } from './draw-comments.js';
import type { PicksModelAnswer } from './picks-model.dto.js';
import { rankJobFor, trainPicksJobFor } from './picks-model.jobs.js';
import { PicksModelRepository, type PicksModelId } from './picks-model.repository.js';
import { PicksModels } from './picks-models.js';

/** Lets people see what their picks taught, and switch it off and on. */
@Injectable()
export class PicksModelSelectionService {
  constructor(
    private readonly database: Database,
    private readonly models: PicksModelRepository,
    private readonly picksModels: PicksModels,
    private readonly jobs: JobsService,
  ) {}

  read(ctx: SiteContext): Promise<PicksModelAnswer> {
    return this.database.inSite(ctx, (tx) => this.answer(tx, ctx));
  }

  /** Comments are ranked anew by a job. Switched on, the latest model is used if it fits and ranks better. */
  async set(ctx: SiteContext, enabled: boolean): Promise<PicksModelAnswer> {
    const { answer, inUse } = await this.database.inSite(ctx, async (tx) => {
      await this.models.record(tx, ctx, { enabled });
      const [latest] = await this.models.list(tx, ctx);
      const isUsable =
        enabled && latest?.figures.gainAtLeast > 0 && latest.modelVersion === QualityHead.version();
      const id: PicksModelId | null = isUsable ? latest.id : null;
      await this.models.activate(tx, ctx, id);
      await this.picksModels.announceChange(tx, ctx.siteId);
      return { answer: await this.answer(tx, ctx), inUse: id };
    });
    await this.jobs.add([rankJobFor(ctx.siteId, inUse)]);
    return answer;
  }

  /** @throws Problem 409 `picks-off` */
  async train(ctx: SiteContext): Promise<TrainingQueued> {
    const { enabled } = await this.read(ctx);
    if (!enabled) throw conflict('picks-off', 'Learning from picks is switched off; switch it on first.');
    await this.jobs.add([trainPicksJobFor(ctx.siteId)]);
    return { status: 'queued' };
  }

  private async answer(tx: Tx, ctx: SiteContext): Promise<PicksModelAnswer> {
    const { trainedAt, outcome, enabled } = await this.models.trainingState(tx, ctx);
    return {
      enabled,
      picks: await this.models.countPicks(tx, ctx),
      needed: MIN_PICKS,
      lastTraining: { at: trainedAt?.toISOString() ?? null, outcome },
      models: (await this.models.list(tx, ctx)).map(({ modelVersion: _, createdAt, ...model }) => ({
        ...model,
        createdAt: createdAt.toISOString(),
      })),
    };
  }
}
