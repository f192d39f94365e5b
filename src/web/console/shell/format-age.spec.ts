import { longAge, shortAge, shortAgo } from './format-age.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const ago = (ms: number) => new Date(NOW - ms).toISOString();
const MINUTE = 60_000;
const DAY = 86_400_000;

describe('ages', () => {
  it.each([
    [0, 'now'],
    [59_999, 'now'],
    [MINUTE, '1m'],
    [59 * MINUTE, '59m'],
    [60 * MINUTE, '1h'],
    [DAY, '1d'],
    [13 * DAY, '13d'],
    [14 * DAY, '2w'],
    [800 * DAY, '2y'],
  ])('formats %i ms as %s', (ms, text) => {
    expect(shortAge(ago(ms), NOW)).toBe(text);
  });

  it('reads “just now” or “ago” in a sentence', () => {
    expect([shortAgo(ago(0), NOW), shortAgo(ago(4 * MINUTE), NOW)]).toEqual(['just now', '4m ago']);
  });

  it('uses the singular and the plural in words', () => {
    expect(longAge(ago(MINUTE), NOW)).toBe('1 minute');
    expect(longAge(ago(3 * 60 * MINUTE), NOW)).toBe('3 hours');
    expect(longAge(ago(90 * DAY), NOW)).toBe('3 months');
  });

  it('treats a future time or an unreadable one as now', () => {
    expect(shortAge(ago(-5 * MINUTE), NOW)).toBe('now');
    expect(shortAge('never', NOW)).toBe('now');
  });
});
