import { describe, expect, it } from '@jest/globals';
import { editRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';

const at = (status: CommentStatus) => ({ authorId: 'a', status, createdAtMs: 1_000_000 });

describe('editing and deleting by the author', () => {
  it('is allowed until the edit window ends', () => {
    expect(editRefusal('edit', at('published'), 300, 1_300_000)).toBeNull();
    expect(editRefusal('edit', at('published'), 300, 1_300_001)).toBe('edit-window-closed');
    expect(editRefusal('delete', at('published'), 300, 1_300_001)).toBe('edit-window-closed');
  });

  it('is not allowed without an edit window', () => {
    expect(editRefusal('edit', at('published'), 0, 1_000_001)).toBe('edit-window-closed');
  });

  it('allows deleting, but not editing, a refused comment', () => {
    for (const status of ['rejected', 'removed'] as const) {
      expect(editRefusal('edit', at(status), 300, 1_000_000)).toBe('not-editable');
      expect(editRefusal('delete', at(status), 300, 1_000_000)).toBeNull();
    }
    expect(editRefusal('delete', at('deleted'), 300, 1_000_000)).toBe('not-editable');
  });
});
