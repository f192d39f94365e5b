import { isUuid, type Id, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';

export type SampleDrawId = Id<'sample-draw'>;

export interface DrawSamplePayload {
  siteId: SiteId;
  drawId: SampleDrawId;
}

export const DRAW_SAMPLE = defineJob<DrawSamplePayload>({
  name: 'draw-sample',
  parse(raw) {
    const { siteId, drawId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(drawId))
      throw new PermanentJobError('the payload needs a siteId and a drawId (UUIDs)');
    return { siteId: siteId as SiteId, drawId: drawId as SampleDrawId };
  },
  attempts: 5,
  backoffMs: 5_000,
  timeoutMs: 120_000,
  concurrency: 1,
});

export const drawJobFor = (payload: DrawSamplePayload): JobToAdd =>
  DRAW_SAMPLE.create(`draw-${payload.drawId}`, payload);
