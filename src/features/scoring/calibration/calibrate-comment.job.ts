import { isUuid, type CommentId, type Id, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';

export type CalibrationId = Id<'calibration'>;

export interface CalibrateCommentPayload {
  siteId: SiteId;
  calibrationId: CalibrationId;
  commentId: CommentId;
  /** The revision number, from 1. */
  revision: number;
}

/** Has its own queue so that a slow scorer never delays a decision. */
export const CALIBRATE_COMMENT = defineJob<CalibrateCommentPayload>({
  name: 'calibrate-comment',
  parse(raw) {
    const { siteId, calibrationId, commentId, revision } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(calibrationId) || !isUuid(commentId) || !Number.isInteger(revision))
      throw new PermanentJobError('the job does not name a comment to calibrate with');
    return { siteId, calibrationId, commentId, revision } as CalibrateCommentPayload;
  },
  attempts: 4,
  backoffMs: 3_000,
  timeoutMs: 15_000,
  concurrency: 4,
});

/** The decision gets a head start so that its scores can be reused instead of requested again. */
const DELAY_MS = 1_000;

export const calibrateJobFor = (payload: CalibrateCommentPayload): JobToAdd =>
  CALIBRATE_COMMENT.create(`calibrate-${payload.commentId}-${payload.revision}`, payload, {
    delayMs: DELAY_MS,
  });
