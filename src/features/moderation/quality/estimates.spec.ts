import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimate, weightedEstimate } from './estimates.js';
import { wilson } from '../../scoring/training/wilson.js';

describe('a Wilson interval', () => {
  it.each([
    [0, 3, 0, 0.5615],
    [1, 3, 0.0615, 0.7923],
    [5, 10, 0.2366, 0.7634],
    [30, 1000, 0.0211, 0.0425],
  ])('is correct for %d of %d', (count, of, low, high) => {
    const found = estimate(count, of);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('is null for a sample of 0', () =>
    expect(estimate(0, 0)).toEqual({ count: 0, of: 0, value: null, low: null, high: null }));

  it('contains its share, stays between 0 and 1, and narrows with a larger sample', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, share) => {
          const [low, high] = wilson(share, of);
          const [lower, higher] = wilson(share, of * 4);
          expect(low).toBeLessThanOrEqual(share + 1e-9);
          expect(high).toBeGreaterThanOrEqual(share - 1e-9);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(higher - lower).toBeLessThanOrEqual(high - low + 1e-9);
        },
      ),
    ));
});

describe('a weighted estimate', () => {
  it('equals the plain estimate when all weights are equal', () => {
    const { effective, ...found } = weightedEstimate([
      { count: 3, of: 10, weight: 7 },
      { count: 2, of: 40, weight: 7 },
    ]);
    expect(found.value).toBeCloseTo(0.1, 12);
    expect(effective).toBeCloseTo(50, 9);
    expect(found.high).toBeCloseTo(estimate(5, 50).high!, 9);
  });

  it('weights each group by the population that it was sampled from', () => {
    // 10 of 1,000 texts were sampled, of which one is refused. All of another 100 texts were reviewed.
    const found = weightedEstimate([
      { count: 1, of: 10, weight: 100 },
      { count: 90, of: 100, weight: 1 },
    ]);
    expect(found.value).toBeCloseTo((100 + 90) / 1100, 12);
    expect(found.of).toBe(110);
    expect(found.effective).toBeLessThan(13);
  });

  it('is null without samples', () => expect(weightedEstimate([]).value).toBeNull());
});
