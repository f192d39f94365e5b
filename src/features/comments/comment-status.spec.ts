import { describe, expect, it } from '@jest/globals';
import {
  COMMENT_STATUSES,
  eventTypeOf,
  mayMove,
  type CommentStatus,
  type MoveCause,
} from './comment-status.js';

const allowed = (cause: MoveCause): string[] =>
  COMMENT_STATUSES.flatMap((from) =>
    COMMENT_STATUSES.filter((to) => mayMove(from, to, cause)).map((to) => `${from} → ${to}`),
  );

describe('the table of statuses', () => {
  it('lets scores decide on what is pending, and on nothing else', () => {
    expect(allowed('scored')).toEqual(['pending → published', 'pending → held', 'pending → rejected']);
  });

  it('lets enough flags take a published comment back to the queue', () => {
    expect(allowed('flagged')).toEqual(['published → held']);
  });

  it('lets moderators decide, remove and restore', () => {
    expect(allowed('moderated')).toEqual(
      expect.arrayContaining([
        'held → published',
        'held → rejected',
        'published → removed',
        'rejected → published',
        'removed → published',
      ]),
    );
    expect(mayMove('published', 'rejected', 'moderated')).toBe(false);
    expect(mayMove('held', 'removed', 'moderated')).toBe(false);
  });

  it('has a way back for every move of a moderator', () => {
    for (const from of COMMENT_STATUSES) {
      for (const to of COMMENT_STATUSES) {
        if (mayMove(from, to, 'moderated'))
          expect([from, to, mayMove(to, from, 'undone')]).toEqual([from, to, true]);
      }
    }
  });

  it('lets authors edit what was not refused, and delete anything once', () => {
    expect(allowed('edited')).toEqual(['pending → pending', 'published → pending', 'held → pending']);
    expect(allowed('deleted')).toEqual(
      COMMENT_STATUSES.filter((status) => status !== 'deleted').map((status) => `${status} → deleted`),
    );
  });

  it('has no way out of deleted', () => {
    const causes: MoveCause[] = ['scored', 'moderated', 'undone', 'flagged', 'edited', 'deleted'];
    for (const cause of causes)
      expect(COMMENT_STATUSES.some((to) => mayMove('deleted', to, cause))).toBe(false);
  });
});

describe('what a change is called', () => {
  it.each<[CommentStatus, CommentStatus, MoveCause, string | null]>([
    ['pending', 'published', 'scored', 'comment.published'],
    ['held', 'published', 'moderated', 'comment.published'],
    ['rejected', 'published', 'moderated', 'comment.restored'],
    ['removed', 'published', 'undone', 'comment.restored'],
    ['published', 'held', 'flagged', 'comment.held'],
    ['published', 'removed', 'moderated', 'comment.removed'],
    ['held', 'rejected', 'moderated', 'comment.rejected'],
    ['published', 'pending', 'edited', 'comment.edited'],
    ['pending', 'pending', 'edited', 'comment.edited'],
    ['published', 'pending', 'undone', null],
    ['published', 'deleted', 'deleted', 'comment.deleted'],
  ])('%s → %s when %s: %s', (from, to, cause, type) => {
    expect(eventTypeOf(from, to, cause)).toBe(type);
  });
});
