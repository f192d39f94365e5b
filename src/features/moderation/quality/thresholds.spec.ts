import { describe, expect, it } from '@jest/globals';
import { calibrationOf, suggest, type ReviewedBin } from './thresholds.js';

/** Bins with `of` texts each, of which the share refused equals the score. */
const calibrated = (of: number): ReviewedBin[] =>
  Array.from({ length: 50 }, (_, bin) => {
    const refused = Math.round(((bin + 0.5) / 50) * of);
    return { bin, published: of - refused, refused, weight: 1 };
  });

describe('the calibration', () => {
  it('reports the share refused and the sample size for each tenth', () => {
    const found = calibrationOf(calibrated(100), 5);
    expect(found).toHaveLength(10);
    expect(found[2]).toMatchObject({ from: 0.2, to: 0.3, refused: { of: 500, count: 125, value: 0.25 } });
  });

  it('is null for a range without reviews', () =>
    expect(calibrationOf([], 5)[9].refused).toMatchObject({ of: 0, value: null, low: null }));
});

describe('a suggested threshold', () => {
  it('to hold is the highest with an acceptable share of refused comments below it', () => {
    const { state, threshold, error } = suggest(calibrated(200), 'hold', 0.1);
    expect(state).toBe('enough');
    // The mean of calibrated scores up to t is t/2. A threshold of .18 gives .09, whose interval exceeds .1.
    expect(threshold).toBe(0.16);
    expect(error.high).toBeLessThanOrEqual(0.1);
    expect(error.of).toBe(8 * 200);
  });

  it('to reject is the lowest with an acceptable share of published comments above it', () => {
    const { state, threshold, error } = suggest(calibrated(200), 'reject', 0.1);
    expect(state).toBe('enough');
    expect(threshold).toBe(0.84);
    expect(error.value).toBeLessThanOrEqual(0.1);
  });

  it('is null if there are not enough reviews yet', () => {
    const few: ReviewedBin[] = [{ bin: 3, published: 3, refused: 0, weight: 1 }];
    expect(suggest(few, 'hold', 0.05)).toMatchObject({
      state: 'not-enough',
      threshold: null,
      error: { of: 3, count: 0, value: 0 },
    });
    expect(suggest([], 'reject', 0.05)).toMatchObject({ state: 'not-enough', error: { of: 0 } });
  });

  it('is null if no threshold has an acceptable error', () => {
    const halfRefused = calibrated(100).map((bin) => ({ ...bin, published: 50, refused: 50 }));
    expect(suggest(halfRefused, 'hold', 0.05)).toMatchObject({ state: 'none', threshold: null });
  });

  it('weights sampled reviews by the population that they represent', () => {
    // A few samples of many published texts, of which a tenth is refused, and many held texts.
    const bins: ReviewedBin[] = [
      { bin: 2, published: 90, refused: 10, weight: 100 },
      { bin: 2, published: 5000, refused: 0, weight: 1 },
    ];
    expect(suggest(bins, 'hold', 0.05).state).not.toBe('enough');
  });
});
