import { isUuid, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';

export interface RollUpPayload {
  siteId: SiteId;
}

export const ROLL_UP = defineJob<RollUpPayload>({
  name: 'roll-up',
  parse(raw) {
    const { siteId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId)) throw new PermanentJobError('the payload needs a siteId (UUID)');
    return { siteId: siteId as SiteId };
  },
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 120_000,
  concurrency: 1,
});

/** @param from next hour to count, if the job continues a long roll-up; makes its id unique */
export const rollUpJobFor = (payload: RollUpPayload, from?: Date): JobToAdd =>
  ROLL_UP.create(`roll-up-${payload.siteId}${from ? `-from-${from.getTime()}` : ''}`, payload);
