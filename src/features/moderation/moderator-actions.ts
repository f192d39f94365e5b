import type { CommentStatus } from '../comments/comment-status.js';

export const MODERATOR_ACTIONS = ['approve', 'reject', 'remove', 'restore', 'escalate'] as const;
export type ModeratorAction = (typeof MODERATOR_ACTIONS)[number];

/** The fields of a comment that a decision depends on, read while its row is locked. */
export interface DecidableComment {
  readonly status: CommentStatus;
  readonly escalated: boolean;
  readonly hasFlags: boolean;
  readonly hasAppeal: boolean;
}

/** What an action does to a comment. */
export type ActionEffect =
  /**
   * Changes the status to `to`. If the comment already has that status, this only closes its flags, appeal or
   * escalation.
   */
  | { readonly kind: 'move'; readonly to: CommentStatus; readonly appeal?: 'upheld' | 'overturned' }
  /** Keeps the status and marks the comment as escalated, so that somebody else decides. */
  | { readonly kind: 'escalate' }
  /**
   * Nothing is left to decide: somebody else decided first, or the action does not apply to a decided comment (a
   * published comment is removed, not rejected).
   */
  | { readonly kind: 'already-decided' }
  /** The action is not allowed in this status. */
  | { readonly kind: 'wrong-status' };

const moveTo = (to: CommentStatus, appeal?: 'upheld' | 'overturned'): ActionEffect =>
  appeal ? { kind: 'move', to, appeal } : { kind: 'move', to };
const ALREADY_DECIDED: ActionEffect = { kind: 'already-decided' };
const WRONG_STATUS: ActionEffect = { kind: 'wrong-status' };

/**
 * Returns what a moderator's action does to a comment. Approving a flagged comment keeps it published and closes its
 * flags. Rejecting or removing a refused comment keeps its status and decides the author's appeal: the decision is
 * upheld.
 */
export function effectOf(action: ModeratorAction, comment: DecidableComment): ActionEffect {
  const { status, escalated, hasFlags, hasAppeal } = comment;
  switch (status) {
    case 'deleted':
      return WRONG_STATUS;
    case 'pending':
      if (action === 'approve') return moveTo('published');
      return action === 'reject' ? moveTo('rejected') : WRONG_STATUS;
    case 'held':
      if (action === 'approve') return moveTo('published');
      if (action === 'reject') return moveTo('rejected');
      if (action === 'escalate') return escalated ? ALREADY_DECIDED : { kind: 'escalate' };
      return WRONG_STATUS;
    case 'published':
      if (action === 'remove') return moveTo('removed');
      if (action === 'approve' && (hasFlags || escalated)) return moveTo('published');
      if (action === 'escalate' && !escalated) return { kind: 'escalate' };
      return ALREADY_DECIDED;
    case 'rejected':
    case 'removed':
      if (action === 'restore' || (action === 'approve' && (hasAppeal || escalated))) {
        return moveTo('published', hasAppeal ? 'overturned' : undefined);
      }
      if ((action === 'reject' || action === 'remove') && (hasAppeal || escalated)) {
        return moveTo(status, hasAppeal ? 'upheld' : undefined);
      }
      if (action === 'escalate' && hasAppeal && !escalated) return { kind: 'escalate' };
      return ALREADY_DECIDED;
  }
}
