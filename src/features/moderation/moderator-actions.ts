import type { CommentStatus } from '../comments/comment-status.js';

export const MODERATOR_ACTIONS = ['approve', 'reject', 'remove', 'restore', 'escalate'] as const;
export type ModeratorAction = (typeof MODERATOR_ACTIONS)[number];

/** The state of a comment that a decision depends on, read under the lock. */
export interface Decidable {
  readonly status: CommentStatus;
  readonly escalated: boolean;
  readonly hasFlags: boolean;
  readonly hasAppeal: boolean;
}

export type Step =
  /** Moves to `to`. If the status is unchanged, it only answers open flags or an appeal. */
  | { readonly kind: 'move'; readonly to: CommentStatus; readonly appeal?: 'upheld' | 'overturned' }
  /** Keeps its status, for somebody else to decide. */
  | { readonly kind: 'escalate' }
  /** Somebody else decided first, or there is nothing to decide. */
  | { readonly kind: 'already-decided' }
  /** The action is not allowed in this status. */
  | { readonly kind: 'wrong-status' };

const MOVE = (to: CommentStatus, appeal?: 'upheld' | 'overturned'): Step =>
  appeal ? { kind: 'move', to, appeal } : { kind: 'move', to };
const ALREADY: Step = { kind: 'already-decided' };
const WRONG: Step = { kind: 'wrong-status' };

/**
 * What a moderator's action does, by the status table of the contract (section 5). Approving a published comment
 * keeps it and answers its flags. Refusing a refused comment again upholds the refusal against an appeal.
 */
export function stepOf(action: ModeratorAction, comment: Decidable): Step {
  const { status, escalated, hasFlags, hasAppeal } = comment;
  switch (status) {
    case 'deleted':
      return WRONG;
    case 'pending':
      if (action === 'approve') return MOVE('published');
      return action === 'reject' ? MOVE('rejected') : WRONG;
    case 'held':
      if (action === 'approve') return MOVE('published');
      if (action === 'reject') return MOVE('rejected');
      if (action === 'escalate') return escalated ? ALREADY : { kind: 'escalate' };
      return WRONG;
    case 'published':
      if (action === 'remove') return MOVE('removed');
      if (action === 'approve' && (hasFlags || escalated)) return MOVE('published');
      if (action === 'escalate' && !escalated) return { kind: 'escalate' };
      return ALREADY;
    case 'rejected':
    case 'removed':
      if (action === 'restore' || (action === 'approve' && (hasAppeal || escalated))) {
        return MOVE('published', hasAppeal ? 'overturned' : undefined);
      }
      if ((action === 'reject' || action === 'remove') && (hasAppeal || escalated)) {
        return MOVE(status, hasAppeal ? 'upheld' : undefined);
      }
      if (action === 'escalate' && hasAppeal && !escalated) return { kind: 'escalate' };
      return ALREADY;
  }
}
