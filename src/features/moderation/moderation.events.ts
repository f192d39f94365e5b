import type { AppealId, ReaderId } from '../../platform/ids.js';
import type { NewEvent } from '../../platform/outbox/outbox.js';
import type { CommentEvent, EventDecision } from '../comments/comments.events.js';
import type { LockedComment } from './decision.repository.js';

/** Payload of `appeal.opened` and `appeal.decided`. Their subject is the comment. */
export interface AppealEvent extends CommentEvent {
  appeal: { id: AppealId; state: 'open' | 'upheld' | 'overturned' };
}

export function appealEvent(
  type: 'appeal.opened' | 'appeal.decided',
  comment: LockedComment,
  appeal: AppealEvent['appeal'],
  decision?: EventDecision,
  reasonText?: string | null,
): NewEvent {
  const payload: AppealEvent = {
    commentId: comment.id,
    storyId: comment.storyId,
    storyKey: comment.storyKey,
    parentId: comment.parentId,
    authorId: comment.authorId,
    readerKey: comment.readerKey,
    status: comment.status,
    from: comment.status,
    revision: comment.revision,
    wasVisible: comment.visible,
    isVisible: comment.visible,
    lastShownRevision: comment.shownRevision,
    appeal,
    ...(decision ? { decision } : {}),
    ...(reasonText ? { reasonText } : {}),
  };
  return { type, subject: `comment:${comment.id}`, payload: { ...payload } };
}

/** Payload of `reader.warned`, `.suspended`, `.banned` and `.reinstated`. */
export interface SanctionEvent {
  readerId: ReaderId;
  readerKey: string;
  standing: string;
  /** ISO 8601; null: no end. */
  until: string | null;
  reason: string;
}

export function sanctionEvent(
  type: 'reader.warned' | 'reader.suspended' | 'reader.banned' | 'reader.reinstated',
  payload: SanctionEvent,
): NewEvent {
  return { type, subject: `reader:${payload.readerId}`, payload: { ...payload } };
}
