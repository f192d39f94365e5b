import { describe, expect, it } from '@jest/globals';
import type { SiteId } from '../../../platform/ids.js';
import { commentRows, type CommentSource, type PlannedComment } from './comment-rows.js';
import { SourceRefs } from './source-refs.js';

const refs = new SourceRefs('0198a1b2-0000-7000-8000-000000000001' as SiteId, 'coral', Buffer.alloc(32));
const NOON_MS = Date.UTC(2024, 4, 1, 12);
const isoAt = (minutes: number): string => new Date(NOON_MS + minutes * 60_000).toISOString();

const planned = (fields: Partial<PlannedComment> = {}): PlannedComment => ({
  ref: 'ref-1',
  level: 0,
  id: 'id-1',
  status: 'published',
  storyId: 'story-1',
  authorId: 'reader-1',
  answersId: null,
  topId: null,
  replies: 0,
  ...fields,
});
const source = (
  kind: CommentSource['kind'],
  minutes: number,
  doc: object,
  fields: { readerId?: string | null; name?: string; isModeratorErased?: boolean; ref?: string } = {},
): CommentSource =>
  ({
    ref: 'ref-1',
    kind,
    at: NOON_MS + minutes * 60_000,
    readerId: null,
    name: null,
    isModeratorErased: false,
    doc,
    ...fields,
  }) as CommentSource;
const text = (doc: object = {}) =>
  source('comment', 0, { ext: 'coral-1', featuredAt: null, revs: [['rev-1', NOON_MS]], ...doc });
const decision = (id: string, minutes: number, status: string, by: string | null = 'mod') =>
  source(
    'decision',
    minutes,
    { id, revisionId: 'rev-1', status, by, reason: 'hate', explanation: null, note: null },
    { name: 'Mo' },
  );
const flag = (readerId: string | null, minutes: number, closed = false, reason = 'abuse') =>
  source('flag', minutes, { reason, detail: `${reason} detail`, closed }, { readerId });

const options = { refs, reasons: new Set(['abuse', 'other']), reactionKinds: ['like'] };
const rowsOf = (sources: CommentSource[], comment = planned()) => commentRows([comment], sources, options);

describe('rows of an imported comment', () => {
  it('include the comment, its revisions, a decision by a rule, and its ID in the source', () => {
    expect(rowsOf([text()])).toMatchObject({
      comments: [{ id: 'id-1', status: 'published', shown: true, revision: 1, at: isoAt(0), reacted: 0 }],
      revisions: [{ ref: 'ref-1', id: 'id-1', empty: false }],
      decisions: [{ comment: 'id-1', action: 'publish', by: null, from: 'pending', to: 'published' }],
      reactions: [],
      flags: [],
      externalIds: [{ ext: 'coral-1', id: 'id-1' }],
    });
  });

  it('include one reaction per reader, and none of erased readers', () => {
    const { comments, reactions } = rowsOf([
      text(),
      source('reaction', 5, {}, { readerId: 'ann' }),
      source('reaction', 3, {}, { readerId: 'ann' }),
      source('reaction', 4, {}, { readerId: 'bob' }),
      source('reaction', 4, {}),
    ]);
    expect(reactions).toEqual([
      { comment: 'id-1', reader: 'ann', kind: 'like', at: isoAt(3) },
      { comment: 'id-1', reader: 'bob', kind: 'like', at: isoAt(4) },
    ]);
    expect(comments).toMatchObject([{ reactions: { like: 2 }, reacted: 2 }]);
  });

  it('include no reactions if the site has none', () => {
    const { comments, reactions } = commentRows(
      [planned()],
      [text(), source('reaction', 5, {}, { readerId: 'ann' })],
      { ...options, reactionKinds: [] },
    );
    expect(reactions).toEqual([]);
    expect(comments).toMatchObject([{ reactions: {}, reacted: 0 }]);
  });

  it('include a decision only once if two files contain it, with a reason that the site has', () => {
    const { decisions, comments } = rowsOf(
      [text(), decision('d1', 5, 'rejected'), decision('d1', 5, 'rejected')],
      planned({ status: 'rejected' }),
    );
    expect(decisions).toMatchObject([
      { action: 'publish' },
      {
        action: 'remove',
        by: 'mod',
        name: 'Mo',
        reason: 'other',
        at: isoAt(5),
        ref: refs.refFor('decision', 'coral-1\nd1'),
      },
    ]);
    expect(comments).toMatchObject([{ status: 'removed', reason: 'other' }]);
  });

  it('include one flag per reader, closed by a later decision of a moderator', () => {
    const { flags, comments } = rowsOf([
      text(),
      flag('ann', 9),
      flag('ann', 2),
      flag('bob', 1, true),
      flag('bob', 8),
      flag(null, 1),
      decision('d1', 5, 'published'),
    ]);
    expect(flags).toMatchObject([
      { reader: 'bob', at: isoAt(8), closedAt: null },
      { reader: 'ann', at: isoAt(2), closedAt: isoAt(5), closedBy: refs.refFor('decision', 'coral-1\nd1') },
    ]);
    expect(comments).toMatchObject([{ flags: 1, waiting: isoAt(8) }]);
  });

  it.each([
    ['after another flag', [flag('ann', 1), flag('ann', 2, false, 'illegal')], 2, null],
    ['before another flag', [flag('ann', 1, false, 'illegal'), flag('ann', 2)], 1, null],
    ['closed, with another flag open', [flag('ann', 1, true, 'illegal'), flag('ann', 2)], 2, null],
    ['after a flag that a decision closed', [flag('ann', 1), flag('ann', 9, false, 'illegal')], 9, null],
    ['closed, as is the other flag', [flag('ann', 1, true), flag('ann', 2, true, 'illegal')], 1, isoAt(5)],
  ])('keep the reason of a report of illegal content: %s', (_what, flags, minutes, closedAt) => {
    const decisions = minutes === 9 || closedAt ? [decision('d1', 5, 'published')] : [];
    const rows = rowsOf([text(), ...flags, ...decisions]);
    expect(rows.flags).toMatchObject([
      { reader: 'ann', reason: 'illegal', detail: 'illegal detail', at: isoAt(minutes), closedAt },
    ]);
    expect(rows.comments).toMatchObject([{ flags: closedAt ? 0 : 1 }]);
  });

  it('keep only the position in the thread of a deleted comment', () => {
    const rows = rowsOf(
      [text(), flag('ann', 2), source('reaction', 3, {}, { readerId: 'ann' }), decision('d1', 5, 'rejected')],
      planned({ status: 'deleted', replies: 3 }),
    );
    expect(rows).toMatchObject({
      comments: [{ status: 'deleted', replies: 3, reacted: 0, flags: 0 }],
      revisions: [{ empty: true }],
      decisions: [],
      reactions: [],
      flags: [],
    });
  });

  it('are kept separate for each comment', () => {
    const { comments, reactions } = commentRows(
      [planned(), planned({ ref: 'ref-2', id: 'id-2', answersId: 'id-1', topId: 'id-1' })],
      [
        { ...text({ ext: 'coral-2' }), ref: 'ref-2' },
        text(),
        source('reaction', 1, {}, { readerId: 'ann', ref: 'ref-2' }),
      ],
      options,
    );
    expect(comments).toMatchObject([
      { id: 'id-1', reacted: 0 },
      { id: 'id-2', parent: 'id-1', root: 'id-1', reacted: 1 },
    ]);
    expect(reactions).toMatchObject([{ comment: 'id-2' }]);
  });
});
