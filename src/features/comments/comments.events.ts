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
 * Payload of every `comment.*` event in the outbox and in `event`; its subject is `comment:<commentId>`. It holds
 * only ids and plain values; consumers that need the text must read it.
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
  /** Number of the newest text, starting at 1. */
  revision: number;
  /**
   * Whether everyone saw the comment before the event, and sees it now. Both are true while an old text stays visible
   * and the new one is scored.
   */
  wasVisible: boolean;
  isVisible: boolean;
  /** Number of the last text that others saw before this event; null if there was none. */
  lastShownRevision: number | null;
  /** With `comment.submitted`: language of the page on which it was written, ISO 639-1; absent if unknown. */
  pageLanguage?: string;
  /** With a refusal that has a reason: the message to the author, in the language of that page. */
  reasonText?: string;
  decision?: EventDecision;
  /** With `comment.flagged`: the number of open flags including this one, and the reason for this flag. */
  openFlags?: number;
  flagReason?: string;
}
