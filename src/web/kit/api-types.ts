import type { components } from './api.generated.js';

/* What the server says and takes, by the names that the readers' and the moderators' faces use. */

type Schemas = components['schemas'];

export type Sort = Schemas['Sort'];
export type Comment = Schemas['Comment'];
export type CommentStatus = Comment['status'];
export type Viewer = Schemas['Viewer'];
export type Story = Schemas['ThreadStory'];
/** `GET …/comments`. */
export type Thread = Schemas['Thread'];
export type Gate = Schemas['GateAnswer'];
export type GateAction = keyof Gate;
/** Why the reader may not, in words for them; `url` leads to the way in (an upgrade) where the site has one. */
export type Refusal = Schemas['Refused'];
export type RefusalCode = Refusal['code'];
export type ReactionsAnswer = Schemas['Reactions'];
export type CountsAnswer = Schemas['Counts'];
/** What a thread says of the site's policy. */
export type ThreadLimits = Schemas['ThreadLimits'];
export type AppealSummary = Schemas['AppealSummary'];
/** Of `GET /me/comments`. */
export type MyComment = Schemas['MyComment'];
export type Notification = Schemas['NotificationAnswer'];
/** `GET /me/notifications`. */
export type NotificationList = Schemas['NotificationList'];
export type NotificationSettings = Schemas['NotificationSettingsAnswer'];
/** Of `GET /me/reactions`. */
export type OwnReaction = Schemas['MyReactionAnswer'];
/** `GET /me/notifications/email`. */
export type EmailChoice = Schemas['EmailAnswer'];
export type Portfolio = Schemas['PortfolioAnswer'];
export type Topic = Portfolio['topics'][number];
/** `GET …/topics/:type/:topicKey`. */
export type TopicDetails = Schemas['TopicAnswer'];
export type FoundStory = Schemas['FoundStory'];
export type FollowedStory = Schemas['FollowedStoryAnswer'];
export type IgnoredAuthor = Schemas['IgnoredAuthorAnswer'];
/** Somebody who wrote under the story. */
export type Participant = Schemas['ParticipantAnswer'];
export type FlagReason = Schemas['FlagBody']['reason'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** As the server sends it; what a proxy sends in its place has less. */
export type Problem = Pick<Schemas['Problem'], 'type' | 'title' | 'status'> & Partial<Schemas['Problem']>;

/** Events of a story's stream, by the name in their `event` field: OpenAPI has no words for these. */
export interface StoryEvents {
  'comment.published': { comment: Comment };
  'comment.edited': { comment: Comment };
  'comment.restored': { comment: Comment };
  'comment.removed': { id: string };
  'comment.deleted': { id: string };
  'comment.decided': {
    id: string;
    status: CommentStatus;
    reason?: string;
    /** Only when an appeal against the decision was opened or decided. */
    appeal?: AppealSummary['state'];
  };
  counts: { total: number };
  /** What this reader may do has changed. */
  gate: { gate: Gate };
  /** Too much was missed: read the thread anew. */
  reset: Record<string, never>;
}
