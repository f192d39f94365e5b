import { isUuid, type ReaderId, type SiteId } from '../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../platform/jobs/jobs.js';

interface EraseCommentsPayload {
  siteId: SiteId;
  readerId: ReaderId;
}

export const ERASE_COMMENTS = defineJob<EraseCommentsPayload>({
  name: 'erase-comments',
  parse(raw) {
    const { siteId, readerId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(readerId))
      throw new PermanentJobError('the payload needs a siteId and a readerId (UUIDs)');
    return { siteId: siteId as SiteId, readerId: readerId as ReaderId };
  },
  attempts: 20,
  backoffMs: 2_000,
  timeoutMs: 60_000,
  concurrency: 1,
});

export function eraseJobFor(payload: EraseCommentsPayload, batchKey = 0): JobToAdd {
  return ERASE_COMMENTS.create(`erase-${payload.readerId}-${batchKey}`, payload);
}
