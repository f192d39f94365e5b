import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../platform/jobs/jobs.js';

export interface ScoreRevisionPayload {
  siteId: SiteId;
  commentId: CommentId;
  /** The revision number, from 1. */
  revision: number;
}

const rules = {
  parse(raw: unknown): ScoreRevisionPayload {
    const { siteId, commentId, revision } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(commentId) || !Number.isInteger(revision)) {
      throw new PermanentJobError('the job does not name a revision to score');
    }
    return { siteId: siteId as SiteId, commentId: commentId as CommentId, revision: revision as number };
  },
  attempts: 3,
  backoffMs: 500,
  timeoutMs: 10_000,
};

export const SCORE_REVISION = defineJob<ScoreRevisionPayload>({
  ...rules,
  name: 'score-revision',
  concurrency: 8,
});

/**
 * Queue for sites that wait for external scorers, so that slow ones delay no other site. A job that waits for one
 * holds no database connection, so there can be many; with few, one slow scorer would delay the other sites in here.
 */
export const SCORE_REVISION_EXTERNAL = defineJob<ScoreRevisionPayload>({
  ...rules,
  name: 'score-revision-external',
  concurrency: 64,
});

/**
 * @param usesExternalScorers whether the site has external scorers
 * @param reruns 0 for the first job, then incremented each time the comment is found still pending
 */
export function scoreJobFor(
  payload: ScoreRevisionPayload,
  usesExternalScorers: boolean,
  reruns = 0,
): JobToAdd {
  const suffix = reruns === 0 ? '' : `-r${reruns}`;
  const job = usesExternalScorers ? SCORE_REVISION_EXTERNAL : SCORE_REVISION;
  return job.create(`score-${payload.commentId}-${payload.revision}${suffix}`, payload);
}
