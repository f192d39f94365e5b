import { describe, expect, it } from '@jest/globals';
import type { JudgedText } from '../site-model/automatic-share.js';
import { wilson } from '../training/wilson.js';
import { measurePublishLimit, MIN_DECISIONS } from './publish-limit.js';

const texts = (count: number, probability: number, isRefused: boolean): JudgedText[] =>
  Array.from({ length: count }, () => ({ probability, isRefused, weight: 1 }));

describe('MIN_DECISIONS', () => {
  it('is the smallest number of comments whose interval can end at 1 %', () => {
    expect(MIN_DECISIONS).toBe(381);
    expect(wilson(0, MIN_DECISIONS)[1]).toBeLessThanOrEqual(0.01);
    expect(wilson(0, MIN_DECISIONS - 1)[1]).toBeGreaterThan(0.01);
  });
});

describe('measurePublishLimit', () => {
  it('finds no limit on fewer comments, even if none was refused', () => {
    expect(measurePublishLimit(texts(MIN_DECISIONS - 1, 0.1, false)).below).toBeNull();
    expect(measurePublishLimit([])).toEqual({ below: null, share: 0, wrong: 0, wrongAtMost: 1 });
  });

  it('finds the highest toxicity below which few enough comments were refused', () => {
    const found = measurePublishLimit([
      ...texts(100, 0.9, true),
      ...texts(400, 0.1, false),
      ...texts(400, 0.2, false),
      ...texts(1, 0.2, true),
      ...texts(99, 0.5, true),
    ]);
    // Comments with exactly 0.2 are published, and scores have four decimals.
    expect(found.below).toBe(0.2001);
    expect(found.share).toBeCloseTo(0.801, 5);
    expect(found.wrong).toBeCloseTo(1 / 801, 5);
    expect(found.wrongAtMost).toBeLessThanOrEqual(0.01);
  });

  it('returns the limit that comes closest if too many were refused at every limit', () => {
    const found = measurePublishLimit([
      ...texts(490, 0.1, false),
      ...texts(10, 0.1, true),
      ...texts(500, 0.8, true),
    ]);
    expect(found).toMatchObject({ below: null, share: 0.5, wrong: 0.02 });
    expect(found.wrongAtMost).toBeGreaterThan(0.02);
  });

  it('keeps comments with the same toxicity together', () => {
    const found = measurePublishLimit([
      ...texts(600, 0.1, false),
      ...texts(600, 0.3, false),
      ...texts(60, 0.3, true),
    ]);
    expect(found.below).toBe(0.1001);
  });
});
