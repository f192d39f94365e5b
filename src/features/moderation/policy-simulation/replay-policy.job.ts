import { isUuid, type Id, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';

export type ReplayId = Id<'policy-replay'>;

export interface ReplayPolicyPayload {
  siteId: SiteId;
  replayId: ReplayId;
}

export const REPLAY_POLICY = defineJob<ReplayPolicyPayload>({
  name: 'replay-policy',
  parse(raw) {
    const { siteId, replayId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(replayId))
      throw new PermanentJobError('the payload needs a siteId and a replayId (UUIDs)');
    return { siteId: siteId as SiteId, replayId: replayId as ReplayId };
  },
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 120_000,
  concurrency: 1,
});

/**
 * @param part makes the job id unique, because a long replay continues in another job and a cancelled one may be
 *   resumed
 */
export const replayJobFor = (payload: ReplayPolicyPayload, part: string): JobToAdd =>
  REPLAY_POLICY.create(`replay-${payload.replayId}-${part}`, payload);
