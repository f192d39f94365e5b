import type { DecisionAction, Person, QueueItem, QueueState } from '../api-types.js';

/** The effect of one decision key on this comment. */
export interface DecisionOption {
  action: DecisionAction;
  /** The button's label. */
  label: string;
  /** The text in the undo bar after the decision. */
  undoText: string;
}

export interface DecisionOptions {
  approve: DecisionOption | null;
  reject: DecisionOption | null;
  escalate: DecisionOption | null;
}

const ESCALATE: DecisionOption = { action: 'escalate', label: 'Escalate', undoText: 'Escalated' };

/**
 * The decisions a moderator may take on a comment with this status in this queue; null where the key does nothing.
 */
export function decisionOptionsFor(item: QueueItem, queue: QueueState): DecisionOptions {
  const choices = decisionOptionsByStatus(item, queue);
  if (!item.barred) return choices;
  // Escalating an appeal does not decide it, so that is still allowed. In a strict story only its assigned moderators
  // may act.
  return {
    approve: null,
    reject: null,
    escalate: item.barred === 'own-decision' ? choices.escalate : null,
  };
}

function decisionOptionsByStatus(item: QueueItem, queue: QueueState): DecisionOptions {
  switch (item.comment.status) {
    case 'held':
      return {
        approve: { action: 'approve', label: 'Approve', undoText: 'Approved' },
        reject: { action: 'reject', label: 'Reject', undoText: 'Rejected' },
        escalate: queue === 'escalated' ? null : ESCALATE,
      };
    case 'pending':
      return {
        approve: { action: 'approve', label: 'Approve', undoText: 'Approved' },
        reject: { action: 'reject', label: 'Reject', undoText: 'Rejected' },
        escalate: null,
      };
    case 'published':
      return {
        approve:
          queue === 'published' ? null : { action: 'approve', label: 'Keep', undoText: 'Kept published' },
        reject: { action: 'remove', label: 'Remove', undoText: 'Removed' },
        escalate: queue === 'escalated' ? null : ESCALATE,
      };
    case 'rejected':
    case 'removed':
      return {
        approve: { action: 'restore', label: 'Restore', undoText: 'Restored' },
        reject:
          queue === 'appealed' || queue === 'escalated'
            ? { action: 'reject', label: 'Keep rejected', undoText: 'Kept rejected' }
            : null,
        escalate: queue === 'appealed' ? ESCALATE : null,
      };
    case 'deleted':
      return { approve: null, reject: null, escalate: null };
  }
}

/** The moderator who holds the claim on the comment; null if nobody does or it is `myId`. */
export function claimantOf({ claimants }: Pick<QueueItem, 'claimants'>, myId: string): Person | null {
  const [first] = claimants;
  return first && first.id !== myId ? first : null;
}

/** The verb for someone else's decision, derived from the resulting status. */
export function decisionVerb(status: string): string {
  switch (status) {
    case 'published':
      return 'approved';
    case 'rejected':
      return 'rejected';
    case 'removed':
      return 'removed';
    case 'deleted':
      return 'deleted';
    case 'held':
      // A comment that left a queue but is still held was escalated.
      return 'escalated';
    case 'pending':
      return 'edited';
    default:
      return 'decided';
  }
}

/** Queues of decided comments. Nothing in them is waiting for a decision. */
export const isDecidedState = (queue: QueueState): boolean => queue === 'published' || queue === 'rejected';

export const QUEUE_LABELS: Readonly<Record<QueueState, string>> = {
  held: 'Held',
  flagged: 'Flagged',
  appealed: 'Appealed',
  escalated: 'Escalated',
  published: 'Published',
  rejected: 'Rejected',
};
