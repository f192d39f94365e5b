import { describe, expect, it } from '@jest/globals';
import { editRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';

const at = (status: CommentStatus) => ({ authorId: 'a', status, createdAtMs: 1_000_000 });

describe('whether an author may change a comment', () => {
  it('until the last moment of the window, and not after', () => {
    expect(editRefusal('edit', at('published'), 300, 1_300_000)).toBeNull();
    expect(editRefusal('edit', at('published'), 300, 1_300_001)).toBe('edit-window-closed');
    expect(editRefusal('delete', at('published'), 300, 1_300_001)).toBe('edit-window-closed');
  });

  it('not at all where there is no window', () => {
    expect(editRefusal('edit', at('published'), 0, 1_000_001)).toBe('edit-window-closed');
  });

  it('deletes, and does not rewrite, what was refused', () => {
    for (const status of ['rejected', 'removed'] as const) {
      expect(editRefusal('edit', at(status), 300, 1_000_000)).toBe('not-editable');
      expect(editRefusal('delete', at(status), 300, 1_000_000)).toBeNull();
    }
    expect(editRefusal('delete', at('deleted'), 300, 1_000_000)).toBe('not-editable');
  });
});
