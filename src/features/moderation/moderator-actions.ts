import type { CommentStatus } from '../comments/comment-status.js';

export const MODERATOR_ACTIONS = ['approve', 'reject', 'remove', 'restore', 'escalate'] as const;
export type ModeratorAction = (typeof MODERATOR_ACTIONS)[number];

/** What stands before a moderator, as the database has it under lock. */
export interface Decidable {
  readonly status: CommentStatus;
  readonly escalated: boolean;
  readonly hasFlags: boolean;
  readonly hasAppeal: boolean;
}

export type Step =
  /** Goes to `to`; the same status answers open flags or an appeal and nothing else. */
  | { readonly kind: 'move'; readonly to: CommentStatus; readonly appeal?: 'upheld' | 'overturned' }
  /** Stays where it is, for somebody else to decide. */
  | { readonly kind: 'escalate' }
  /** Somebody was faster, or there is nothing to decide. */
  | { readonly kind: 'already-decided' }
  /** The action is not one for this status. */
  | { readonly kind: 'wrong-status' };

const MOVE = (to: CommentStatus, appeal?: 'upheld' | 'overturned'): Step =>
  appeal ? { kind: 'move', to, appeal } : { kind: 'move', to };
const ALREADY: Step = { kind: 'already-decided' };
const WRONG: Step = { kind: 'wrong-status' };

/**
 * What a moderator's action comes to, by the status table of the contract (section 5). Approving what is
 * published keeps it and answers its flags; refusing again what was refused upholds the refusal against an appeal.
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
