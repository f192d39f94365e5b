import { describe, expect, it } from '@jest/globals';
import { editRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';

const commentWith = (status: CommentStatus) => ({ authorId: 'a', status, createdAtMs: 1_000_000 });

describe('editing and deleting by the author', () => {
  it('is allowed until the edit window ends', () => {
    expect(editRefusal('edit', commentWith('published'), 300, 1_300_000)).toBeNull();
    expect(editRefusal('edit', commentWith('published'), 300, 1_300_001)).toBe('edit-window-closed');
    expect(editRefusal('delete', commentWith('published'), 300, 1_300_001)).toBe('edit-window-closed');
  });

  it('is not allowed without an edit window', () => {
    expect(editRefusal('edit', commentWith('published'), 0, 1_000_001)).toBe('edit-window-closed');
  });

  it('allows deleting, but not editing, a refused comment', () => {
    for (const status of ['rejected', 'removed'] as const) {
      expect(editRefusal('edit', commentWith(status), 300, 1_000_000)).toBe('not-editable');
      expect(editRefusal('delete', commentWith(status), 300, 1_000_000)).toBeNull();
    }
    expect(editRefusal('delete', commentWith('deleted'), 300, 1_000_000)).toBe('not-editable');
  });
});
