import type { ReaderId } from '../../platform/ids.js';
import { isRefused, type CommentStatus } from './comment-status.js';

export interface AuthoredComment {
  readonly authorId: ReaderId | string;
  readonly status: CommentStatus;
  readonly createdAtMs: number;
}

export type ChangeRefusal = 'edit-window-closed' | 'not-editable';

/**
 * Whether its author may still edit or delete a comment. Until the window's last moment, counted from posting;
 * what moderators refused is not written anew, though it may be deleted.
 *
 * @returns null when they may
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
