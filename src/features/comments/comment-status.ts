export const COMMENT_STATUSES = ['pending', 'published', 'held', 'rejected', 'removed', 'deleted'] as const;
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

/**
 * What moves a comment:
 * - `scored` the rules over a revision's scores, or their failure
 * - `moderated` a moderator's decision, an appeal's answer among them
 * - `undone` a moderator takes their decision back
 * - `flagged` enough readers' flags
 * - `edited` its author wrote a new text
 * - `deleted` its author took it away
 */
export type TransitionCause = 'scored' | 'moderated' | 'undone' | 'flagged' | 'edited' | 'deleted';

const TABLE: Readonly<Record<TransitionCause, Partial<Record<CommentStatus, readonly CommentStatus[]>>>> = {
  scored: { pending: ['published', 'held', 'rejected'] },
  moderated: {
    pending: ['published', 'held', 'rejected'],
    held: ['published', 'rejected'],
    published: ['removed', 'held'],
    rejected: ['published'],
    removed: ['published'],
  },
  // The way back of every moderator's move; of one that came before the scores, to the queue.
  undone: {
    published: ['held', 'rejected', 'removed'],
    held: ['published'],
    rejected: ['held'],
    removed: ['published'],
  },
  flagged: { published: ['held'] },
  edited: { pending: ['pending'], published: ['pending'], held: ['pending'] },
  deleted: {
    pending: ['deleted'],
    published: ['deleted'],
    held: ['deleted'],
    rejected: ['deleted'],
    removed: ['deleted'],
  },
};

export const isRefused = (status: CommentStatus): boolean => status === 'rejected' || status === 'removed';

/** Whether the table lets a comment go from one status to another for this cause. */
export function isTransitionAllowed(from: CommentStatus, to: CommentStatus, cause: TransitionCause): boolean {
  return TABLE[cause][from]?.includes(to) ?? false;
}

export type CommentEventType =
  | 'comment.submitted'
  | 'comment.published'
  | 'comment.held'
  | 'comment.rejected'
  | 'comment.removed'
  | 'comment.restored'
  | 'comment.edited'
  | 'comment.deleted'
  | 'comment.flagged';

/** What a status change is called outside. */
export function eventTypeOf(from: CommentStatus, to: CommentStatus): CommentEventType {
  switch (to) {
    case 'published':
      return from === 'rejected' || from === 'removed' ? 'comment.restored' : 'comment.published';
    case 'pending':
      return 'comment.edited';
    case 'held':
    case 'rejected':
    case 'removed':
    case 'deleted':
      return `comment.${to}`;
  }
}
