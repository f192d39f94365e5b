import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../platform/jobs/jobs.js';

export interface ScoreRevisionPayload {
  siteId: SiteId;
  commentId: CommentId;
  /** The text's number, from 1. */
  revision: number;
}

export const SCORE_REVISION = defineJob<ScoreRevisionPayload>({
  name: 'score-revision',
  parse(raw) {
    const { siteId, commentId, revision } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(commentId) || !Number.isInteger(revision)) {
      throw new PermanentJobError('not a revision to score');
    }
    return { siteId: siteId as SiteId, commentId: commentId as CommentId, revision: revision as number };
  },
  attempts: 3,
  backoffMs: 500,
  timeoutMs: 10_000,
  concurrency: 8,
});

/** @param again 0 for the first time, then counted up by who finds it still waiting */
export function scoreJobFor(payload: ScoreRevisionPayload, again = 0): JobToAdd {
  const suffix = again === 0 ? '' : `-r${again}`;
  return SCORE_REVISION.with(`score-${payload.commentId}-${payload.revision}${suffix}`, payload);
}
