import { isUuid, type CommentId, type SiteId } from '../../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../../platform/jobs/jobs.js';

export interface CorrectScorersPayload {
  siteId: SiteId;
  commentId: CommentId;
  /** The revision number, from 1. */
  revision: number;
}

export const CORRECT_SCORERS = defineJob<CorrectScorersPayload>({
  name: 'correct-scorers',
  parse(raw) {
    const { siteId, commentId, revision } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(commentId) || !Number.isInteger(revision))
      throw new PermanentJobError('the job does not name a revision');
    return { siteId: siteId as SiteId, commentId: commentId as CommentId, revision: revision as number };
  },
  attempts: 5,
  backoffMs: 60_000,
  timeoutMs: 30_000,
  concurrency: 2,
});

/** @param decisionId one job per decision; the job finds out which decision on the text is in effect */
export const correctJobFor = (
  payload: CorrectScorersPayload,
  decisionId: string,
  delayMs: number,
): JobToAdd => CORRECT_SCORERS.create(`correct-${decisionId}`, payload, { delayMs });
