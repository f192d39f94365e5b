export const COMMENT_STATUSES = ['pending', 'published', 'held', 'rejected', 'removed', 'deleted'] as const;
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

/**
 * Causes of a status change:
 * - `scored` the rules were applied to a revision's scores, or scoring failed
 * - `moderated` a moderator decided, for example on an appeal
 * - `undone` a moderator undid their own decision
 * - `flagged` enough readers flagged the comment
 * - `edited` the author changed the text
 * - `deleted` the author deleted the comment
 */
export type TransitionCause = 'scored' | 'moderated' | 'undone' | 'flagged' | 'edited' | 'deleted';

const ALLOWED_TRANSITIONS: Readonly<
  Record<TransitionCause, Partial<Record<CommentStatus, readonly CommentStatus[]>>>
> = {
  scored: { pending: ['published', 'held', 'rejected'] },
  moderated: {
    pending: ['published', 'held', 'rejected'],
    held: ['published', 'rejected'],
    published: ['removed', 'held'],
    rejected: ['published'],
    removed: ['published'],
  },
  // The reverse of every change by a moderator, except that a comment that was pending before the decision is held.
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

/** Whether a status change is allowed for this cause. */
export function isTransitionAllowed(from: CommentStatus, to: CommentStatus, cause: TransitionCause): boolean {
  return ALLOWED_TRANSITIONS[cause][from]?.includes(to) ?? false;
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

/** Maps a status change to the type of its public event. */
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
