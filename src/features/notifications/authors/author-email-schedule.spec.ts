import { describe, expect, it } from '@jest/globals';
import { nextAuthorEmailAt } from './author-email-schedule.js';

const at = (time: string): Date => new Date(`2026-11-${time}Z`);

describe('the time of the next email to the author of a story', () => {
  it.each([
    ['is in ten minutes if there was none before', null, null, '01T09:00:00', '01T09:10:00'],
    [
      'is an hour after the last one on the first day',
      '01T09:10:00',
      '01T09:10:00',
      '01T09:12:00',
      '01T10:10:00',
    ],
    [
      'is in ten minutes if the last one is more than an hour ago',
      '01T09:10:00',
      '01T09:10:00',
      '01T13:00:00',
      '01T13:10:00',
    ],
    [
      'is a day after the last one from the second day on',
      '01T09:10:00',
      '02T09:00:00',
      '02T09:20:00',
      '03T09:00:00',
    ],
    [
      'is in ten minutes if the last one is days ago',
      '01T09:10:00',
      '03T09:00:00',
      '09T12:00:00',
      '09T12:10:00',
    ],
  ])('%s', (_, firstAt, lastAt, now, due) => {
    expect(
      nextAuthorEmailAt({ firstAt: firstAt && at(firstAt), lastAt: lastAt && at(lastAt) } as never, at(now)),
    ).toEqual(at(due));
  });
});
