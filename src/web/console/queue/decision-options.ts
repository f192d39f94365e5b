import type { DecisionAction, Person, QueueItem, QueueState } from '../api-types.js';

/** What one of the desk's keys does to this comment here. */
export interface DecisionOption {
  action: DecisionAction;
  /** On the button. */
  label: string;
  /** In the bar afterwards. */
  done: string;
}

export interface DecisionOptions {
  approve: DecisionOption | null;
  reject: DecisionOption | null;
  escalate: DecisionOption | null;
}

const ESCALATE: DecisionOption = { action: 'escalate', label: 'Escalate', done: 'Escalated' };

/** Which decisions the moderator may take about a comment of this status in this queue; null where the key does nothing. */
export function decisionOptionsFor(item: QueueItem, queue: QueueState): DecisionOptions {
  const choices = decisionOptionsByStatus(item, queue);
  if (!item.barred) return choices;
  // Passing an appeal on is no answer to it; in a strict story only its moderators do anything.
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
        approve: { action: 'approve', label: 'Approve', done: 'Approved' },
        reject: { action: 'reject', label: 'Reject', done: 'Rejected' },
        escalate: queue === 'escalated' ? null : ESCALATE,
      };
    case 'pending':
      return {
        approve: { action: 'approve', label: 'Approve', done: 'Approved' },
        reject: { action: 'reject', label: 'Reject', done: 'Rejected' },
        escalate: null,
      };
    case 'published':
      return {
        approve: queue === 'published' ? null : { action: 'approve', label: 'Keep', done: 'Kept published' },
        reject: { action: 'remove', label: 'Remove', done: 'Removed' },
        escalate: queue === 'escalated' ? null : ESCALATE,
      };
    case 'rejected':
    case 'removed':
      return {
        approve: { action: 'restore', label: 'Restore', done: 'Restored' },
        reject:
          queue === 'appealed' || queue === 'escalated'
            ? { action: 'reject', label: 'Keep rejected', done: 'Kept rejected' }
            : null,
        escalate: queue === 'appealed' ? ESCALATE : null,
      };
    case 'deleted':
      return { approve: null, reject: null, escalate: null };
  }
}

/** Another moderator who has the comment in hand: the first of those who look at it. */
export function claimantOf({ claimants }: Pick<QueueItem, 'claimants'>, myId: string): Person | null {
  const [first] = claimants;
  return first && first.id !== myId ? first : null;
}

/** How somebody else's decision is told, from the status it led to. */
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
      // A comment that left a queue and is still held was passed on.
      return 'escalated';
    case 'pending':
      return 'edited';
    default:
      return 'decided';
  }
}

/** Lists of what was decided; nobody is waited for in them. */
export const isDecidedState = (queue: QueueState): boolean => queue === 'published' || queue === 'rejected';

export const QUEUE_LABELS: Readonly<Record<QueueState, string>> = {
  held: 'Held',
  flagged: 'Flagged',
  appealed: 'Appealed',
  escalated: 'Escalated',
  published: 'Published',
  rejected: 'Rejected',
};
