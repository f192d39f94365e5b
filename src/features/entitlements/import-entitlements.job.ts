import { isUuid, type Id, type SiteId } from '../../platform/ids.js';
import { defineJob, PermanentJobError } from '../../platform/jobs/jobs.js';

export type ImportId = Id<'entitlement-import'>;

interface ImportPayload {
  siteId: SiteId;
  importId: ImportId;
}

/** Processes one batch of a bulk import. Each batch starts the next one. */
export const IMPORT_ENTITLEMENTS = defineJob<ImportPayload>({
  name: 'import-entitlements',
  parse(raw) {
    const { siteId, importId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(importId))
      throw new PermanentJobError('the payload has no valid site and import id');
    return { siteId: siteId as SiteId, importId: importId as ImportId };
  },
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 60_000,
  concurrency: 1,
});
