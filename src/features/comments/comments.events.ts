import type { CommentId, DecisionId, ReaderId, StoryId } from '../../platform/ids.js';
import type { CommentStatus } from './comment-status.js';

/** The decision behind a status change, as sent in webhooks. */
export interface EventDecision {
  id: DecisionId;
  by: 'rule' | 'moderator';
  /** The rule's key. */
  rule?: string;
  /** Code of one of the site's reasons. */
  reason?: string;
}

/**
 * Payload of every `comment.*` event in the outbox and in `event`; its subject is `comment:<commentId>`. It
 * does not contain the comment's text; consumers that need it must read it from the database.
 */
export interface CommentEvent {
  commentId: CommentId;
  storyId: StoryId;
  storyKey: string;
  parentId: CommentId | null;
  authorId: ReaderId;
  /** The author's `sub`. */
  readerKey: string;
  /** Status after the event. */
  status: CommentStatus;
  /** Status before the event; null for a new comment. */
  from: CommentStatus | null;
  /** Number of the newest revision, starting at 1. */
  revision: number;
  /**
   * Whether the comment was publicly visible before and after the event. Both are true if an edit is scored
   * while the old text stays visible.
   */
  wasVisible: boolean;
  isVisible: boolean;
  /** Number of the last revision that was publicly visible before this event; null if there was none. */
  lastShownRevision: number | null;
  /** With `comment.submitted`: language of the page on which it was written, ISO 639-1; absent if unknown. */
  pageLanguage?: string;
  /**
   * If the comment was held, rejected or removed: the explanation for the author, in the language of that page. Absent
   * if the explanation is one of the site's reasons, which is looked up when it is shown.
   */
  reasonText?: string;
  decision?: EventDecision;
  /** With `comment.flagged`: the number of open flags including this one, and the reason for this flag. */
  openFlags?: number;
  flagReason?: string;
}
