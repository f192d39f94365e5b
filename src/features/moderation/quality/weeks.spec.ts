import { describe, expect, it } from '@jest/globals';
import { weekStart } from './weeks.js';

describe('the start of a week', () => {
  it.each([
    ['2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-29T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
    ['2026-03-01T12:00:00.000Z', '2026-02-23T00:00:00.000Z'],
    ['1969-12-31T12:00:00.000Z', '1969-12-29T00:00:00.000Z'],
  ])('for %s is Monday, %s', (at, monday) => {
    expect(weekStart(new Date(at)).toISOString()).toBe(monday);
    expect(weekStart(new Date(at)).getUTCDay()).toBe(1);
  });
});
