import { describe, expect, it } from '@jest/globals';
import type { CommentId, ReaderId } from '../../../platform/ids.js';
import { brigadeReason, isUnusual, waveAround, type TimedComment } from './wave.js';

const at = (id: string, authorId: string, minute: number): TimedComment => ({
  id: id as CommentId,
  authorId: authorId as ReaderId,
  atMs: minute * 60_000,
});
const around = (comments: TimedComment[], id: string, minutes = 10) =>
  waveAround(comments, id as CommentId, minutes * 60_000);
const ids = ({ comments }: { comments: readonly TimedComment[] }): string =>
  comments.map(({ id }) => id).join('');

describe('the wave around a comment', () => {
  const comments = [
    at('a', 'r1', 0),
    at('b', 'r2', 4),
    at('c', 'r3', 11),
    at('d', 'r4', 14),
    at('e', 'r5', 30),
  ];

  it('is the window with the most readers that contains the comment', () => {
    expect(around(comments, 'c')).toMatchObject({ readers: 3 });
    expect(ids(around(comments, 'c'))).toBe('bcd');
    expect(ids(around(comments, 'a'))).toBe('ab');
    expect(ids(around(comments, 'e'))).toBe('e');
  });

  it('also counts comments that were posted later', () => {
    expect(ids(around(comments, 'b'))).toBe('bcd');
  });

  it('does not depend on the order in which the comments are given', () => {
    expect(around([...comments].reverse(), 'c')).toEqual(around(comments, 'c'));
  });

  it('counts a reader once, even with several comments', () => {
    const busy = [at('a', 'r1', 0), at('b', 'r1', 1), at('c', 'r1', 2), at('d', 'r2', 3)];
    expect(around(busy, 'd').readers).toBe(2);
    expect(ids(around(busy, 'd'))).toBe('abcd');
  });

  it('is empty if the comment is not among those given', () => {
    expect(around(comments, 'z')).toEqual({ comments: [], readers: 0 });
  });

  it('includes comments exactly one window apart and no more', () => {
    expect(ids(around([at('a', 'r1', 0), at('b', 'r2', 10)], 'a'))).toBe('ab');
    expect(ids(around([at('a', 'r1', 0), at('b', 'r2', 10.01)], 'a'))).toBe('a');
  });
});

describe('an unusual number of new readers', () => {
  const quiet = { newOnStory: 0, elsewhere: { readers: 50, newReaders: 5 } };
  const shareOf = (newReaders: number) => ({ newOnStory: 0, elsewhere: { readers: 100, newReaders } });

  it.each([
    ['eight of eight readers, where a tenth is usual', 8, 8, quiet, true],
    ['less than twice the usual number of the story', 15, 15, { ...quiet, newOnStory: 8 }, false],
    ['within random variation of the usual number of the story', 16, 16, { ...quiet, newOnStory: 8 }, false],
    ['beyond random variation of the usual number of the story', 17, 17, { ...quiet, newOnStory: 8 }, true],
    ['nine of ten readers, where three of ten are usual', 9, 10, shareOf(30), true],
    ['nine of thirty readers, where three of ten are usual', 9, 30, shareOf(30), false],
    ['nearly all readers, where nearly all are usually new', 38, 40, shareOf(90), false],
    ['all readers, where all are usually new', 40, 40, shareOf(100), false],
    [
      'a usual share that is based on too few readers',
      40,
      40,
      { newOnStory: 0, elsewhere: { readers: 49, newReaders: 0 } },
      false,
    ],
  ])('%s', (_, newReaders, readers, usual, expected) => {
    expect(isUnusual(newReaders, readers, usual)).toBe(expected);
  });
});

it('the reason of a brigade states the numbers', () => {
  expect(brigadeReason('story', 9, 10)).toBe('9 new accounts commented on this story within 10 minutes');
  expect(brigadeReason('text', 4, 1)).toBe('4 new accounts posted nearly the same text within 1 minute');
});
