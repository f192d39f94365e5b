import { describe, expect, it } from '@jest/globals';
import {
  COMMENT_STATUSES,
  eventTypeOf,
  isTransitionAllowed,
  type CommentStatus,
  type TransitionCause,
} from './comment-status.js';

const allowed = (cause: TransitionCause): string[] =>
  COMMENT_STATUSES.flatMap((from) =>
    COMMENT_STATUSES.filter((to) => isTransitionAllowed(from, to, cause)).map((to) => `${from} → ${to}`),
  );

describe('the status transition table', () => {
  it('lets scores decide only pending comments', () => {
    expect(allowed('scored')).toEqual(['pending → published', 'pending → held', 'pending → rejected']);
  });

  it('lets enough flags return a published comment to the queue', () => {
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
    expect(isTransitionAllowed('published', 'rejected', 'moderated')).toBe(false);
    expect(isTransitionAllowed('held', 'removed', 'moderated')).toBe(false);
  });

  it('lets a moderator undo every transition', () => {
    for (const from of COMMENT_STATUSES) {
      for (const to of COMMENT_STATUSES) {
        // Undoing a decision about a pending comment holds it; it may already be held.
        const undoneStatus = from === 'pending' ? 'held' : from;
        if (isTransitionAllowed(from, to, 'moderated') && to !== undoneStatus)
          expect([from, to, isTransitionAllowed(to, undoneStatus, 'undone')]).toEqual([from, to, true]);
      }
    }
  });

  it('lets authors edit comments that were not rejected or removed, and delete any comment once', () => {
    expect(allowed('edited')).toEqual(['pending → pending', 'published → pending', 'held → pending']);
    expect(allowed('deleted')).toEqual(
      COMMENT_STATUSES.filter((status) => status !== 'deleted').map((status) => `${status} → deleted`),
    );
  });

  it('allows no transition out of deleted', () => {
    const causes: TransitionCause[] = ['scored', 'moderated', 'undone', 'flagged', 'edited', 'deleted'];
    for (const cause of causes)
      expect(COMMENT_STATUSES.some((to) => isTransitionAllowed('deleted', to, cause))).toBe(false);
  });
});

describe('the event type of a transition', () => {
  it.each<[CommentStatus, CommentStatus, string]>([
    ['pending', 'published', 'comment.published'],
    ['held', 'published', 'comment.published'],
    ['rejected', 'published', 'comment.restored'],
    ['removed', 'published', 'comment.restored'],
    ['published', 'held', 'comment.held'],
    ['published', 'removed', 'comment.removed'],
    ['held', 'rejected', 'comment.rejected'],
    ['published', 'pending', 'comment.edited'],
    ['pending', 'pending', 'comment.edited'],
    ['published', 'deleted', 'comment.deleted'],
  ])('%s → %s: %s', (from, to, type) => {
    expect(eventTypeOf(from, to)).toBe(type);
  });
});
