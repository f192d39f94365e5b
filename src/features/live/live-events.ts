import type { CommentId } from '../../platform/ids.js';
import type { CommentStatus } from '../comments/comment-status.js';
import type { CommentEvent } from '../comments/comments.events.js';
import type { AppealEvent } from '../moderation/moderation.events.js';

/** What an event changes in the thread that everybody sees. */
export type ThreadChange =
  | { readonly event: 'comment.published' | 'comment.edited' | 'comment.restored'; readonly shows: CommentId }
  | { readonly event: 'comment.removed' | 'comment.deleted'; readonly hides: CommentId };

/** What its author is told of a decision. */
export interface DecisionNotice {
  readonly id: CommentId;
  readonly status: CommentStatus;
  /** A code of the site's reasons. */
  readonly reason?: string;
  /** What it was said with; absent: as the site says it now. */
  readonly reasonText?: string;
  /** Only when the author's appeal was opened or decided, or reopened because the decision was undone. */
  readonly appeal?: AppealEvent['appeal']['state'];
}

const DECISIONS: ReadonlySet<string> = new Set([
  'comment.published',
  'comment.held',
  'comment.rejected',
  'comment.removed',
  'comment.restored',
]);

/** @returns null where everybody sees the same as before */
export function threadChange(type: string, payload: CommentEvent): ThreadChange | null {
  const { commentId, wasVisible, isVisible, lastShownRevision, revision, status } = payload;
  if (!isVisible) {
    if (!wasVisible) return null;
    // An edit that waits for its scores and enough flags hide a comment as a moderator does.
    return { event: status === 'deleted' ? 'comment.deleted' : 'comment.removed', hides: commentId };
  }
  const isNewText = status === 'published' && lastShownRevision !== null && lastShownRevision !== revision;
  if (wasVisible) return isNewText ? { event: 'comment.edited', shows: commentId } : null;
  if (lastShownRevision === null) return { event: 'comment.published', shows: commentId };
  const isRestored = type === 'comment.restored' || !isNewText;
  return { event: isRestored ? 'comment.restored' : 'comment.edited', shows: commentId };
}

/** @returns null where nobody decided anything */
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

/** One server-sent event (WHATWG HTML, section 9.2); `data` is JSON and has no line ends. */
export const formatServerSentEvent = (id: number, event: string, data: string): string =>
  `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;
