import type { Reason } from '../sites/default-reasons.js';
import { reasonTextFor } from '../sites/reason-text.js';
import type { ListedNotification } from './notification.view.js';

/**
 * Why a comment was refused, in the words that its author was told.
 *
 * @returns null for everything that is no refusal for a reason
 */
export function toldReason(
  { kind, comment }: Pick<ListedNotification, 'kind' | 'comment'>,
  reasons: readonly Reason[],
): string | null {
  const code = comment?.reason ?? null;
  if (code === null || (kind !== 'decision' && kind !== 'appeal')) return null;
  return comment?.reasonText ?? reasonTextFor(reasons, code, null);
}
