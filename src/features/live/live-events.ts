import type { CommentId } from '../../platform/ids.js';
import type { CommentStatus } from '../comments/comment-status.js';
import type { CommentEvent } from '../comments/comments.events.js';
import type { AppealEvent } from '../moderation/moderation.events.js';

/** The change that an event makes to the public thread. */
export type ThreadChange =
  | { readonly event: 'comment.published' | 'comment.edited' | 'comment.restored'; readonly shows: CommentId }
  | { readonly event: 'comment.removed' | 'comment.deleted'; readonly hides: CommentId };

/** A decision, as sent to the author of the comment. */
export interface DecisionNotice {
  readonly id: CommentId;
  readonly status: CommentStatus;
  /** One of the site's reason codes. */
  readonly reason?: string;
  /** The wording at the time of the decision; absent means the site's current wording. */
  readonly reasonText?: string;
  /** Present only if the author's appeal was opened or decided, or reopened because the decision was undone. */
  readonly appeal?: AppealEvent['appeal']['state'];
}

const DECISIONS: ReadonlySet<string> = new Set([
  'comment.published',
  'comment.held',
  'comment.rejected',
  'comment.removed',
  'comment.restored',
]);

/** @returns null if the public thread does not change */
export function threadChange(type: string, payload: CommentEvent): ThreadChange | null {
  const { commentId, wasVisible, isVisible, lastShownRevision, revision, status } = payload;
  if (!isVisible) {
    if (!wasVisible) return null;
    // Not only moderators hide comments: an edit that awaits its scores and a hold caused by flags do so too.
    return { event: status === 'deleted' ? 'comment.deleted' : 'comment.removed', hides: commentId };
  }
  const isNewText = status === 'published' && lastShownRevision !== null && lastShownRevision !== revision;
  if (wasVisible) return isNewText ? { event: 'comment.edited', shows: commentId } : null;
  if (lastShownRevision === null) return { event: 'comment.published', shows: commentId };
  const isRestored = type === 'comment.restored' || !isNewText;
  return { event: isRestored ? 'comment.restored' : 'comment.edited', shows: commentId };
}

/** @returns null if the event is not a decision */
export function decisionFor(type: string, payload: CommentEvent): DecisionNotice | null {
  const appeal = type.startsWith('appeal.') ? (payload as AppealEvent).appeal.state : undefined;
  if (appeal === undefined && !DECISIONS.has(type)) return null;
  const { commentId: id, decision, reasonText, status } = payload;
  return {
    id,
    status,
    ...(decision?.reason === undefined ? {} : { reason: decision.reason }),
    ...(reasonText === undefined ? {} : { reasonText }),
    ...(appeal === undefined ? {} : { appeal }),
  };
}

/** Formats one server-sent event (WHATWG HTML, section 9.2). `data` is JSON without line breaks. */
export const formatServerSentEvent = (id: number, event: string, data: string): string =>
  `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;
