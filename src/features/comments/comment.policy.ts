import type { ReaderId } from '../../platform/ids.js';
import { isRefused, type CommentStatus } from './comment-status.js';

export interface AuthoredComment {
  readonly authorId: ReaderId | string;
  readonly status: CommentStatus;
  readonly createdAtMs: number;
}

export type ChangeRefusal = 'edit-window-closed' | 'not-editable';

/**
 * Checks whether the author may still edit or delete a comment. The edit window starts when the comment is posted; its
 * end is inclusive. Rejected or removed comments cannot be edited, but can be deleted.
 *
 * @returns the reason for the refusal; null if the action is allowed
 */
export function editRefusal(
  action: 'edit' | 'delete',
  comment: AuthoredComment,
  editWindowSeconds: number,
  nowMs: number,
): ChangeRefusal | null {
  if (comment.status === 'deleted') return 'not-editable';
  if (nowMs > comment.createdAtMs + editWindowSeconds * 1000) return 'edit-window-closed';
  return action === 'edit' && isRefused(comment.status) ? 'not-editable' : null;
}
