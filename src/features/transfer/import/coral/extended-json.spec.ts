import { describe, expect, it } from '@jest/globals';
import { isBadTime, timeOf } from './extended-json.js';

const NOON_MS = Date.UTC(2024, 4, 1, 12);

describe('an imported time', () => {
  it.each([
    [{ $date: '2024-05-01T12:00:00.000Z' }],
    [{ $date: '2024-05-01T12:00:00Z' }],
    [{ $date: '2024-05-01T14:00:00+02:00' }],
    [{ $date: '2024-05-01T12:00:00.000+0000' }],
    [{ $date: { $numberLong: String(NOON_MS) } }],
    [{ $date: NOON_MS }],
    ['2024-05-01T12:00:00.000Z'],
  ])('is read from %j', (value) => {
    expect(timeOf(value)).toBe(NOON_MS);
  });

  it('may be a date without a time', () => {
    expect(timeOf('2024-05-01')).toBe(Date.UTC(2024, 4, 1));
  });

  it.each([
    ['not-a-date.000Z'],
    ['March 7'],
    ['2024-02-31T00:00:00Z'],
    ['2023-02-29'],
    ['2024-13-01T00:00:00Z'],
    ['2024-05-01T25:00:00Z'],
    // No time zone.
    ['2024-05-01T12:00:00'],
    ['2024'],
    ['1714564800000'],
    [{ $date: 'tomorrow 5' }],
    [{ $date: { $numberLong: '0x18f3' } }],
    [{ $date: { $numberLong: ' ' } }],
    [false],
  ])('is rejected for %j', (value) => {
    expect([timeOf(value), isBadTime(value)]).toEqual([null, true]);
  });
});
