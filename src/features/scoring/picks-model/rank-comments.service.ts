import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { firstIdAt } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { Clock } from '../../../platform/clock.js';
import { systemContext } from '../../../platform/tenancy/site-context.js';
import { fromBytes } from '../encoder/embedding.js';
import { QualityHead } from '../quality/quality-head.js';
import { isDoubtful, qualityInUse } from '../quality/quality-scorer.service.js';
import { pause } from '../site-model/site-corpus.js';
import { decodePicksModel, shareBelow } from './picks-model.js';
import { RANK_COMMENTS, type RankCommentsPayload } from './picks-model.jobs.js';
import { PicksModelRepository, type CommentRank } from './picks-model.repository.js';

/** Readers hardly open the threads of older ones. */
const MAX_COMMENTS = 20_000;
const BATCH = 250;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Gives stored comments the quality by the model in use: the site's picks model, or the shipped head. It changes
 * nothing else about them. Pages of threads that were read before may show the earlier order for a few seconds.
 */
@Injectable()
export class RankCommentsService implements OnModuleInit {
  private readonly head = QualityHead.load();

  constructor(
    private readonly database: Database,
    private readonly models: PicksModelRepository,
    private readonly clock: Clock,
    private readonly handlers: JobHandlers,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(RANK_COMMENTS, (payload, signal) => this.rankAll(payload, signal));
  }

  private async rankAll(payload: RankCommentsPayload, signal: AbortSignal): Promise<void> {
    let from: string | null =
      payload.picksModelId === null ? firstIdAt(0) : firstIdAt(this.clock.nowMs() + DAY_MS);
    for (
      let done = 0;
      from !== null && (payload.picksModelId === null || done < MAX_COMMENTS);
      done += BATCH
    ) {
      signal.throwIfAborted();
      from = await this.rankBatch(payload, from);
      await pause();
    }
  }

  /** @returns where the next batch begins; null after the last one, or if another model is in use now */
  private rankBatch({ siteId, picksModelId }: RankCommentsPayload, from: string): Promise<string | null> {
    const ctx = systemContext(siteId, `rank-${siteId}`);
    return this.database.inSite(ctx, async (tx) => {
      const active = await this.models.active(tx, siteId);
      if ((active?.id ?? null) !== picksModelId) return null;
      if (!active) return this.models.restore(tx, ctx, from, BATCH);
      if (active.modelVersion !== QualityHead.version()) return null;
      const model = decodePicksModel(active.weights);
      const comments = await this.models.rankable(tx, ctx, from, BATCH);
      const ranks = comments.map(({ body, vector, onTopic, refusal, ...comment }): CommentRank => {
        const embedding = fromBytes(vector);
        const shipped = this.head.compareWithLength(body, embedding);
        const share = shareBelow(model, { body, embedding, shipped });
        return { ...comment, quality: qualityInUse(share, isDoubtful(onTopic, refusal)) };
      });
      await this.models.rank(tx, ctx, ranks);
      return comments.at(-1)?.id ?? null;
    });
  }
}
