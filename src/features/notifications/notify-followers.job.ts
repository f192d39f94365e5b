import { isUuid, type CommentId, type SiteId, type StoryId } from '../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../platform/jobs/jobs.js';

export interface NotifyFollowersPayload {
  siteId: SiteId;
  /** The published comment; null if a story was created. */
  commentId: CommentId | null;
  /** The created story; null if a comment was published. */
  storyId: StoryId | null;
  /** Time of the event, ISO 8601. */
  at: string;
}

export const NOTIFY_FOLLOWERS = defineJob<NotifyFollowersPayload>({
  name: 'notify-followers',
  parse(raw) {
    const { siteId, commentId, storyId, at } = (raw ?? {}) as Record<string, unknown>;
    const hasOneSubject = isUuid(commentId) !== isUuid(storyId);
    if (!isUuid(siteId) || !hasOneSubject || typeof at !== 'string')
      throw new PermanentJobError('the payload needs a siteId, a time, and either a commentId or a storyId');
    return {
      siteId: siteId as SiteId,
      commentId: commentId as CommentId | null,
      storyId: storyId as StoryId | null,
      at,
    };
  },
  attempts: 5,
  backoffMs: 2_000,
  timeoutMs: 30_000,
  concurrency: 2,
});

export function notifyFollowersJob(payload: NotifyFollowersPayload): JobToAdd {
  return NOTIFY_FOLLOWERS.create(`followers-${payload.commentId ?? payload.storyId}`, payload);
}
