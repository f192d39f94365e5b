import { expect, it } from '@jest/globals';
import { binOf } from './score-bins.js';
import { thresholdEffects } from './threshold-effects.js';

const at = (hold: number, bins: Parameters<typeof thresholdEffects>[0]) =>
  thresholdEffects(bins).find((effect) => effect.hold === hold)!;

it('computes the share that a threshold holds and the expected share that it misses', () => {
  // Of 100 comments 90 score .01, 8 score .1 and 2 score .8: 3.3 refusals are expected.
  const bins = [
    { bin: binOf(0.01), comments: 90, sum: 0.9 },
    { bin: binOf(0.1), comments: 8, sum: 0.8 },
    { bin: binOf(0.8), comments: 2, sum: 1.6 },
  ];
  expect(at(0.1, bins).held).toBeCloseTo(0.1);
  expect(at(0.1, bins).missed).toBeCloseTo(0.9 / 3.3);
  expect(at(0.12, bins).held).toBeCloseTo(0.02);
  expect(at(0.12, bins).missed).toBeCloseTo(1.7 / 3.3);
  expect(at(0.9, bins)).toMatchObject({ held: 0, missed: 1 });
});

it('has no effects without comments, and misses nothing if all scores are 0', () => {
  expect(thresholdEffects([])).toEqual([]);
  expect(at(0.5, [{ bin: 0, comments: 3, sum: 0 }])).toMatchObject({ held: 0, missed: 0 });
});
