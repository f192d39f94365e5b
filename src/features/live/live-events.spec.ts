import { describe, expect, it } from '@jest/globals';
import type { AppealId, CommentId, DecisionId, ReaderId, StoryId } from '../../platform/ids.js';
import type { CommentEvent } from '../comments/comments.events.js';
import type { AppealEvent } from '../moderation/moderation.events.js';
import { decisionFor, formatServerSentEvent, threadChange } from './live-events.js';

const event = (parts: Partial<CommentEvent>): CommentEvent => ({
  commentId: 'c' as CommentId,
  storyId: 's' as StoryId,
  storyKey: 'k',
  parentId: null,
  authorId: 'a' as ReaderId,
  readerKey: 'anna',
  status: 'published',
  from: 'pending',
  revision: 1,
  wasVisible: false,
  isVisible: false,
  lastShownRevision: null,
  ...parts,
});
const visibleAfter = { isVisible: true };
const visibleBefore = { wasVisible: true };

describe('the thread event that everyone receives', () => {
  it.each<[string, string, Partial<CommentEvent>, string | null]>([
    ['a first publication', 'comment.published', visibleAfter, 'comment.published'],
    ['a submission', 'comment.submitted', { status: 'pending' }, null],
    ['a hold before anybody saw it', 'comment.held', { status: 'held' }, null],
    [
      'a removal',
      'comment.removed',
      { ...visibleBefore, status: 'removed', lastShownRevision: 1 },
      'comment.removed',
    ],
    [
      'a hold by flags',
      'comment.held',
      { ...visibleBefore, status: 'held', lastShownRevision: 1 },
      'comment.removed',
    ],
    [
      'an approval after a hold by flags',
      'comment.published',
      { ...visibleAfter, from: 'held', lastShownRevision: 1 },
      'comment.restored',
    ],
    [
      'a restoration',
      'comment.restored',
      { ...visibleAfter, from: 'removed', lastShownRevision: 1 },
      'comment.restored',
    ],
    [
      'a restoration after a first rejection',
      'comment.restored',
      { ...visibleAfter, from: 'rejected' },
      'comment.published',
    ],
    [
      'an edit',
      'comment.edited',
      { ...visibleBefore, status: 'pending', revision: 2, lastShownRevision: 1 },
      'comment.removed',
    ],
    [
      'the publication of an edit',
      'comment.published',
      { ...visibleAfter, revision: 2, lastShownRevision: 1 },
      'comment.edited',
    ],
    [
      'an edit while the old text stays visible',
      'comment.edited',
      { ...visibleBefore, ...visibleAfter, status: 'pending', revision: 2, lastShownRevision: 1 },
      null,
    ],
    [
      'the publication of an edit while the old text is visible',
      'comment.published',
      { ...visibleBefore, ...visibleAfter, revision: 2, lastShownRevision: 1 },
      'comment.edited',
    ],
    ['a flag', 'comment.flagged', { ...visibleBefore, ...visibleAfter, lastShownRevision: 1 }, null],
    [
      'deletion by its author',
      'comment.deleted',
      { ...visibleBefore, status: 'deleted', lastShownRevision: 1 },
      'comment.deleted',
    ],
    [
      'deletion by its author of a comment that others never saw',
      'comment.deleted',
      { status: 'deleted' },
      null,
    ],
  ])('%s (%s): %j → %s', (_, type, parts, expected) => {
    expect(threadChange(type, event(parts))?.event ?? null).toBe(expected);
  });
});

describe('the event that the author receives', () => {
  it('reports every decision with its reason', () => {
    const decision = { id: 'd' as DecisionId, by: 'moderator' as const, reason: 'spam' };
    expect(decisionFor('comment.rejected', event({ status: 'rejected', decision }))).toEqual({
      id: 'c',
      status: 'rejected',
      reason: 'spam',
    });
    expect(decisionFor('comment.published', event({}))).toEqual({ id: 'c', status: 'published' });
  });

  it.each(['appeal.opened', 'appeal.decided'])('reports the state of an appeal (%s)', (type) => {
    const payload: AppealEvent = {
      ...event({ status: 'rejected' }),
      appeal: { id: 'a' as AppealId, state: 'upheld' },
    };
    expect(decisionFor(type, payload)).toEqual({ id: 'c', status: 'rejected', appeal: 'upheld' });
  });

  it('is null when no decision was made', () => {
    for (const type of ['comment.submitted', 'comment.edited', 'comment.flagged', 'comment.deleted']) {
      expect(decisionFor(type, event({}))).toBeNull();
    }
  });
});

it('a server-sent event ends with an empty line', () => {
  expect(formatServerSentEvent(7, 'counts', '{"total":1}')).toBe(
    'id: 7\nevent: counts\ndata: {"total":1}\n\n',
  );
});
