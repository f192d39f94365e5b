import type { CommentId, DecisionId, ReaderId, StoryId } from '../../platform/ids.js';
import type { CommentStatus } from './comment-status.js';

/** The verdict behind a status change, as webhooks tell it. */
export interface EventDecision {
  id: DecisionId;
  by: 'rule' | 'moderator';
  /** The rule's key. */
  rule?: string;
  /** A code of the site's reasons. */
  reason?: string;
}

/**
 * Payload of every `comment.*` event in the outbox and in `event`; its subject is `comment:<commentId>`.
 * Ids and plain values only: who needs the text reads it.
 */
export interface CommentEvent {
  commentId: CommentId;
  storyId: StoryId;
  storyKey: string;
  parentId: CommentId | null;
  authorId: ReaderId;
  /** The author's `sub`. */
  readerKey: string;
  /** After the event. */
  status: CommentStatus;
  /** Before it; null for a new comment. */
  from: CommentStatus | null;
  /** The newest text's number, from 1. */
  revision: number;
  /** Whether everybody saw the comment before, and sees it now; both true where an old text stays while a new one is scored. */
  wasVisible: boolean;
  isVisible: boolean;
  /** The text that others saw last before this event; null: none yet. */
  lastShownRevision: number | null;
  /** With `comment.submitted`: of the page it was written on, ISO 639-1; absent: nobody said. */
  pageLanguage?: string;
  /** With a refusal for a reason: what its author is told, in the language of that page. */
  reasonText?: string;
  decision?: EventDecision;
  /** With `comment.flagged`: open flags after this one, and why it was flagged. */
  openFlags?: number;
  flagReason?: string;
}
