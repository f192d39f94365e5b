import { describe, expect, it } from '@jest/globals';
import { MAX_TRIES, nextDelayMs } from './retry-schedule.js';

const HOUR = 3_600_000;

describe('the retry schedule', () => {
  it('makes ten attempts in about 75 hours, as specified', () => {
    const delays = Array.from({ length: MAX_TRIES - 1 }, (_, i) => nextDelayMs(i + 1, null, 0.5)!);
    expect(delays.slice(0, 4)).toEqual([5_000, 300_000, 1_800_000, 2 * HOUR]);
    expect(delays.reduce((sum, ms) => sum + ms, 0)).toBe(75 * HOUR + 35 * 60_000 + 5_000);
    expect(MAX_TRIES).toBe(10);
    expect(nextDelayMs(MAX_TRIES, null, 0.5)).toBeNull();
  });

  it('varies by up to a fifth in both directions', () => {
    expect(nextDelayMs(1, null, 0)).toBe(4_000);
    expect(nextDelayMs(1, null, 0.999999)).toBe(6_000);
  });

  it('honours Retry-After only if it lengthens the wait, and up to a day', () => {
    expect(nextDelayMs(1, 60_000, 0.5)).toBe(60_000);
    expect(nextDelayMs(2, 1_000, 0.5)).toBe(300_000);
    expect(nextDelayMs(1, 400 * HOUR, 0.5)).toBe(24 * HOUR);
  });
});
