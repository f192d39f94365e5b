import type { components } from './api.generated.js';

/* API types under the names used by the widget and the console. */

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
/**
 * Why the reader may not do something, in words for the reader. `url` leads to a sign-in or upgrade page if the site
 * has one.
 */
export type Refusal = Schemas['Refused'];
export type RefusalCode = Refusal['code'];
export type ReactionsAnswer = Schemas['Reactions'];
export type CountsAnswer = Schemas['Counts'];
/** The limits of the site's policy that the server sends with a thread. */
export type ThreadLimits = Schemas['ThreadLimits'];
export type AppealSummary = Schemas['AppealSummary'];
/** An item of `GET /me/comments`. */
export type MyComment = Schemas['MyComment'];
export type Notification = Schemas['NotificationAnswer'];
/** `GET /me/notifications`. */
export type NotificationList = Schemas['NotificationList'];
export type NotificationSettings = Schemas['NotificationSettingsAnswer'];
/** An item of `GET /me/reactions`. */
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
/** A reader who commented on the story. */
export type Participant = Schemas['ParticipantAnswer'];
export type FlagReason = Schemas['FlagBody']['reason'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A problem (RFC 9457) as the server sends it. A proxy's response may lack the optional members. */
export type Problem = Pick<Schemas['Problem'], 'type' | 'title' | 'status'> & Partial<Schemas['Problem']>;

/**
 * Server-sent events of a story, by the name in their `event` field. Written by hand because OpenAPI cannot describe
 * them.
 */
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
    /** Only present if an appeal against the decision was opened or decided. */
    appeal?: AppealSummary['state'];
  };
  counts: { total: number };
  /** This reader's gate has changed. */
  gate: { gate: Gate };
  /** Too many events were missed: reload the thread. */
  reset: Record<string, never>;
}
