import { expect, it } from '@jest/globals';
import { nextDigestAt } from './digest-schedule.js';

it.each([
  ['instant', '2026-11-25T04:00:00Z', null],
  ['daily', '2026-11-25T04:59:59Z', '2026-11-25T05:00:00.000Z'],
  ['daily', '2026-11-25T05:00:00Z', '2026-11-26T05:00:00.000Z'],
  ['daily', '2026-12-31T23:00:00Z', '2027-01-01T05:00:00.000Z'],
  ['weekly', '2026-11-25T12:00:00Z', '2026-11-30T05:00:00.000Z'],
  ['weekly', '2026-11-30T04:00:00Z', '2026-11-30T05:00:00.000Z'],
  ['weekly', '2026-11-30T05:00:00Z', '2026-12-07T05:00:00.000Z'],
] as const)('the next %s digest after %s is at %s', (delivery, now, next) => {
  expect(nextDigestAt(delivery, new Date(now))?.toISOString() ?? null).toBe(next);
});
