import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { waitingPercentile, type WaitingBucket } from './waiting-times.js';

/** Buckets as the database computes them. */
const bucketsOf = (seconds: readonly number[]): WaitingBucket[] =>
  seconds.map((time) => ({ bucket: Math.ceil(4 * Math.log2(Math.max(1, time))), decisions: 1 }));

describe('the time to a decision', () => {
  it('is accurate within a fifth for any waiting time', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.95),
        (seconds, share) => {
          const sorted = [...seconds].sort((a, b) => a - b);
          const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
          const ratio = waitingPercentile(bucketsOf(seconds), share)! / exact;
          expect(ratio).toBeGreaterThan(0.82);
          expect(ratio).toBeLessThan(1.22);
        },
      ),
    ));

  it('is null without decisions', () => expect(waitingPercentile([], 0.5)).toBeNull());
  it('is one second for immediate decisions', () =>
    expect(waitingPercentile(bucketsOf([1, 1]), 0.95)).toBe(1));
});
