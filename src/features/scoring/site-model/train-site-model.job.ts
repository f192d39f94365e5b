import { isUuid, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';

export interface TrainSiteModelPayload {
  siteId: SiteId;
}

export const TRAIN_SITE_MODEL = defineJob<TrainSiteModelPayload>({
  name: 'train-site-model',
  parse(raw) {
    const { siteId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId)) throw new PermanentJobError('the job does not name a site to train a model for');
    return { siteId: siteId as SiteId };
  },
  attempts: 2,
  backoffMs: 10_000,
  // A training of 100,000 texts ends within ten minutes; a busy machine takes several times that.
  timeoutMs: 30 * 60_000,
  concurrency: 1,
});

export const trainJobFor = (siteId: SiteId): JobToAdd =>
  TRAIN_SITE_MODEL.create(`learn-${siteId}`, { siteId });
