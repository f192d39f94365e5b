import { describe, expect, it } from '@jest/globals';
import { nextAuthorEmailAt } from './author-email-schedule.js';

const at = (time: string): Date => new Date(`2026-11-${time}Z`);

describe('the time of the next email to the author of a story', () => {
  it.each([
    ['comes soon where there was none', null, null, '01T09:00:00', '01T09:10:00'],
    [
      'waits an hour after the last on the first day',
      '01T09:10:00',
      '01T09:10:00',
      '01T09:12:00',
      '01T10:10:00',
    ],
    ['comes soon where the last is longer ago', '01T09:10:00', '01T09:10:00', '01T13:00:00', '01T13:10:00'],
    ['waits a day after the last from then on', '01T09:10:00', '02T09:00:00', '02T09:20:00', '03T09:00:00'],
    ['comes soon after days of quiet', '01T09:10:00', '03T09:00:00', '09T12:00:00', '09T12:10:00'],
  ])('%s', (_, firstAt, lastAt, now, due) => {
    expect(
      nextAuthorEmailAt({ firstAt: firstAt && at(firstAt), lastAt: lastAt && at(lastAt) } as never, at(now)),
    ).toEqual(at(due));
  });
});
