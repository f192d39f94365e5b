import type { Reason } from '../sites/default-reasons.js';
import { reasonTextFor } from '../sites/reason-text.js';
import type { ListedNotification } from './notification.view.js';

/**
 * Why a comment was rejected or removed, in the words shown to its author.
 *
 * @returns null if the notification is not about a decision or there is no reason
 */
export function decisionReason(
  { kind, comment }: Pick<ListedNotification, 'kind' | 'comment'>,
  reasons: readonly Reason[],
): string | null {
  if (!comment || (kind !== 'decision' && kind !== 'appeal')) return null;
  if (comment.reasonText !== null) return comment.reasonText;
  return comment.reason === null ? null : reasonTextFor(reasons, comment.reason, null);
}
