import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../sites/policy.js';
import { BIN_EDGES, COMBINED_EDGES } from './score-bins.js';
import { calibrationOf, suggest, type ReviewedBin } from './thresholds.js';

/** Texts whose scores are evenly spread over the scale. The share of them that is refused equals the score. */
const calibrated = (texts: number): ReviewedBin[] =>
  BIN_EDGES.map((from, bin) => {
    const to = BIN_EDGES[bin + 1] ?? 1;
    const of = Math.round((to - from) * texts);
    const refused = Math.round(((from + to) / 2) * of);
    return { bin, published: of - refused, refused, weight: 1 };
  });

describe('the calibration', () => {
  it('reports the share refused and the sample size for each range', () => {
    const found = calibrationOf(calibrated(10_000), COMBINED_EDGES);
    expect(found).toHaveLength(COMBINED_EDGES.length);
    expect(found.reduce((sum, { refused }) => sum + refused.of, 0)).toBe(10_000);
    expect(found.find(({ from }) => from === 0.3)).toMatchObject({
      to: 0.4,
      refused: { of: 1000, value: 0.35 },
    });
    expect(found.at(-1)).toMatchObject({ from: 0.95, to: 1 });
  });

  it('splits no default threshold and no combined range between two bins', () => {
    const { thresholds } = DEFAULT_POLICY.moderation;
    const defaults = Object.values(thresholds).flatMap(({ hold, reject }) => [hold, reject]);
    expect(defaults).toContain(0.08);
    for (const edge of [...COMBINED_EDGES, ...defaults]) expect([...BIN_EDGES, 1, null]).toContain(edge);
  });

  it('has narrow ranges beside the default threshold of refusal', () => {
    const beside = calibrationOf([], COMBINED_EDGES).filter(({ from, to }) => from === 0.08 || to === 0.08);
    expect(beside.map(({ from, to }) => [from, to])).toEqual([
      [0.06, 0.08],
      [0.08, 0.1],
    ]);
  });

  it('is null for a range without reviews', () =>
    expect(calibrationOf([], COMBINED_EDGES)[9].refused).toMatchObject({ of: 0, value: null, low: null }));
});

describe('a suggested threshold', () => {
  it('to hold is the highest with an acceptable share of refused comments below it', () => {
    const { state, threshold, error } = suggest(calibrated(10_000), 'hold', 0.1);
    expect(state).toBe('enough');
    // The mean of calibrated scores up to t is t/2. A threshold of .175 gives .0875, whose interval exceeds .1.
    expect(threshold).toBe(0.15);
    expect(error.high).toBeLessThanOrEqual(0.1);
    expect(error.of).toBe(1500);
  });

  it('to reject is the lowest with an acceptable share of published comments above it', () => {
    const { state, threshold, error } = suggest(calibrated(10_000), 'reject', 0.1);
    expect(state).toBe('enough');
    expect(threshold).toBe(0.85);
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
