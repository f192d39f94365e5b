import { isUuid, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';
import type { SiteImportId } from './import.repository.js';

interface Payload {
  siteId: SiteId;
  importId: SiteImportId;
}

/** A whole import. It keeps its place in the database after each batch, and goes on there when its process dies. */
export const RUN_IMPORT = defineJob<Payload>({
  name: 'run-import',
  parse(raw) {
    const { siteId, importId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(importId)) throw new PermanentJobError('not an import');
    return { siteId: siteId as SiteId, importId: importId as SiteImportId };
  },
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 2 * 60 * 60_000,
  concurrency: 1,
});

export const importJobFor = (payload: Payload): JobToAdd =>
  RUN_IMPORT.create(`import-${payload.importId}`, payload);
