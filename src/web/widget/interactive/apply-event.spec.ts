import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Comment } from '../../kit/api-types.js';
import {
  addPage,
  addReplies,
  emptyThread,
  hiddenReplies,
  repliesOf,
  type ThreadState,
} from '../thread/thread-state.js';
import { applyEvent } from './apply-event.js';

function createComment(of: Partial<Comment> & { id: string }): Comment {
  return {
    storyId: 's',
    parentId: null,
    author: { id: 'a', name: 'Ada', picture: null, tier: null, role: 'reader' },
    body: 'text',
    html: '<p>text</p>',
    status: 'published',
    revision: 1,
    createdAt: '2026-11-23T12:00:00Z',
    publishedAt: null,
    editedAt: null,
    replyCount: 0,
    reactions: {},
    picked: false,
    pinned: false,
    ...of,
  };
}

const mine = { reactions: [], flagged: false, mine: true, canEdit: true, canDelete: true };
const published = (comment: Comment) => ({ type: 'comment.published', data: { comment } }) as const;

describe('applyEvent', () => {
  let state: ThreadState;

  beforeEach(() => {
    state = emptyThread('newest');
    addPage(state, {
      story: { id: 's', key: 'k', title: '', url: '', state: 'open', topics: [] },
      gate: {} as never,
      limits: { bodyChars: 5000, editSeconds: 300, notice: true },
      reactions: ['like'],
      total: 3,
      picks: 0,
      pinned: null,
      next: null,
      items: [
        {
          ...createComment({ id: '1', replyCount: 1 }),
          replies: { items: [createComment({ id: '11', parentId: '1' })], next: null },
        },
        { ...createComment({ id: '0' }), replies: { items: [], next: null } },
      ],
    });
  });

  it('adds a new comment to the unseen ones once, and counts it', () => {
    applyEvent(state, published(createComment({ id: '2' })));
    applyEvent(state, published(createComment({ id: '2', body: 'again' })));
    expect(state.order).toEqual(['1', '0']);
    expect(state.unseen.map(({ id }) => id)).toEqual(['2']);
    expect(state.total).toBe(4);
  });

  it('adds a reply to a reply to the unseen ones of its top-level comment', () => {
    applyEvent(state, published(createComment({ id: '12', parentId: '11' })));
    applyEvent(state, published(createComment({ id: '13', parentId: '12' })));
    expect(repliesOf(state, '1').unseen.map(({ id }) => id)).toEqual(['12', '13']);
    expect(state.byId.get('1')?.replyCount).toBe(3);
    expect(hiddenReplies(state, '1')).toBe(0);
  });

  it('only counts a reply if other replies are not loaded yet', () => {
    addReplies(state, '1', { items: [], next: 'cursor' });
    applyEvent(state, published(createComment({ id: '12', parentId: '1' })));
    expect(repliesOf(state, '1').unseen).toEqual([]);
    expect(hiddenReplies(state, '1')).toBe(1);
  });

  it('publishes the reader’s own pending comment in place, counted once, whichever event comes first', () => {
    for (const first of ['comment.decided', 'comment.published'] as const) {
      const id = `own-${first}`;
      const total = state.total;
      state.byId.set(id, createComment({ id, status: 'pending', viewer: mine }));
      state.order.unshift(id);
      const decided = { type: 'comment.decided', data: { id, status: 'published' } } as const;
      const events = [decided, published(createComment({ id }))];
      for (const event of first === 'comment.decided' ? events : events.reverse()) applyEvent(state, event);
      expect(state.byId.get(id)).toMatchObject({ status: 'published', viewer: { mine: true } });
      expect(state.total).toBe(total + 1);
      expect(state.unseen).toEqual([]);
    }
  });

  it('tells the author why the comment was rejected', () => {
    state.byId.set('9', createComment({ id: '9', status: 'pending', viewer: mine }));
    applyEvent(state, { type: 'comment.decided', data: { id: '9', status: 'rejected', reason: 'Because.' } });
    expect(state.byId.get('9')).toMatchObject({ status: 'rejected', reason: 'Because.' });
    expect(state.total).toBe(3);
  });

  it('shows a decided appeal, and keeps the reason when the refusal is upheld', () => {
    const rejected = { id: '9', status: 'rejected' } as const;
    const appeal = { createdAt: '2026-11-24T12:00:00Z', state: 'open' } as const;
    state.byId.set('9', { ...createComment(rejected), viewer: mine, reason: 'Because.', appeal });
    applyEvent(state, { type: 'comment.decided', data: { ...rejected, appeal: 'upheld' } });
    expect(state.byId.get('9')).toMatchObject({
      status: 'rejected',
      reason: 'Because.',
      appeal: { createdAt: appeal.createdAt, state: 'upheld' },
    });
  });

  it('leaves a placeholder for a removed comment, and drops one that was not shown yet', () => {
    applyEvent(state, published(createComment({ id: '2' })));
    applyEvent(state, { type: 'comment.removed', data: { id: '2' } });
    applyEvent(state, { type: 'comment.deleted', data: { id: '11' } });
    applyEvent(state, { type: 'comment.deleted', data: { id: '11' } });
    expect(state.unseen).toEqual([]);
    expect(state.byId.get('11')).toMatchObject({ status: 'deleted', author: null, html: null });
    expect(state.byId.get('1')?.replyCount).toBe(0);
    expect(state.total).toBe(2);
  });

  it('puts a restored comment back where it was', () => {
    applyEvent(state, { type: 'comment.removed', data: { id: '0' } });
    applyEvent(state, { type: 'comment.restored', data: { comment: createComment({ id: '0' }) } });
    expect(state.byId.get('0')?.author?.name).toBe('Ada');
    expect(state.unseen).toEqual([]);
    expect(state.total).toBe(3);
  });

  it('ignores comments that are not on this page', () => {
    applyEvent(state, { type: 'comment.edited', data: { comment: createComment({ id: '77' }) } });
    applyEvent(state, { type: 'comment.removed', data: { id: '77' } });
    expect(state.byId.has('77')).toBe(false);
    expect(state.total).toBe(3);
  });

  const removed = { type: 'comment.removed', data: { id: '0' } } as const;
  const decided = {
    type: 'comment.decided',
    data: { id: '0', status: 'removed', reason: 'Off the subject.' },
  } as const;
  it.each([
    ['before', [decided, removed]],
    ['after', [removed, decided]],
  ])(
    'keeps a removed comment for its author, with the reason, if their event arrives %s the public one',
    (_, events) => {
      state.byId.set('0', createComment({ id: '0', viewer: mine }));
      for (const event of events) applyEvent(state, event);
      expect(state.byId.get('0')).toMatchObject({
        status: 'removed',
        body: 'text',
        author: { name: 'Ada' },
        reason: 'Off the subject.',
      });
      expect(state.total).toBe(2);
    },
  );
});
