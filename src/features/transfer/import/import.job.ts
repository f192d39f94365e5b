import { isUuid, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';
import type { SiteImportId } from './import.repository.js';

interface Payload {
  siteId: SiteId;
  importId: SiteImportId;
}

/** Runs a whole import. The position is stored after each batch, so another process can continue if this one dies. */
export const RUN_IMPORT = defineJob<Payload>({
  name: 'run-import',
  parse(raw) {
    const { siteId, importId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(importId))
      throw new PermanentJobError('the payload has no valid site and import id');
    return { siteId: siteId as SiteId, importId: importId as SiteImportId };
  },
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 2 * 60 * 60_000,
  concurrency: 1,
});

export const importJobFor = (payload: Payload): JobToAdd =>
  RUN_IMPORT.create(`import-${payload.importId}`, payload);
