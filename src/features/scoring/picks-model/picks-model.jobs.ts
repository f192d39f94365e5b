import { isUuid, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';
import type { PicksModelId } from './picks-model.repository.js';

export interface TrainPicksModelPayload {
  siteId: SiteId;
}

export const TRAIN_PICKS_MODEL = defineJob<TrainPicksModelPayload>({
  name: 'train-picks-model',
  parse(raw) {
    const { siteId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId)) throw new PermanentJobError('the job does not name a site to train a model for');
    return { siteId: siteId as SiteId };
  },
  attempts: 2,
  backoffMs: 10_000,
  timeoutMs: 30 * 60_000,
  concurrency: 1,
});

export const trainPicksJobFor = (siteId: SiteId): JobToAdd =>
  TRAIN_PICKS_MODEL.create(`picks-${siteId}`, { siteId });

export interface RankCommentsPayload {
  siteId: SiteId;
  /** The model that ranks; null: the shipped head. The job ends if another one is in use. */
  picksModelId: PicksModelId | null;
}

export const RANK_COMMENTS = defineJob<RankCommentsPayload>({
  name: 'rank-comments',
  parse(raw) {
    const { siteId, picksModelId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || (picksModelId !== null && !isUuid(picksModelId)))
      throw new PermanentJobError('the job does not name a site and a model');
    return { siteId: siteId as SiteId, picksModelId: picksModelId as PicksModelId | null };
  },
  attempts: 5,
  backoffMs: 5_000,
  timeoutMs: 30 * 60_000,
  concurrency: 1,
});

export const rankJobFor = (siteId: SiteId, picksModelId: PicksModelId | null): JobToAdd =>
  RANK_COMMENTS.create(`rank-${siteId}-${picksModelId ?? 'shipped'}`, { siteId, picksModelId });
