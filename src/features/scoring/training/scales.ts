import { BUCKETS, WORD_BUCKETS } from '../model/ngrams.js';
import type { TextFeatures } from './corpus.js';
import { CONSTANT_INDEX, FEATURE_COUNT } from './feature-order.js';
import type { Examples } from './logistic.js';
import type { Recipe } from './recipes.js';

// A bucket that is not one-sided keeps a little weight.
const MIN_LEANING = 0.3;
// Destructured because Jest runs specs in vm contexts, where every access to a global is slow.
const { abs, log, max } = Math;

/**
 * The square of each feature's scale for one label. Rare n-grams get more weight than frequent ones (inverse document
 * frequency), and one-sided ones more than balanced ones (Wang and Manning 2012).
 *
 * @param examples the training examples of the label
 */
export function scalesOf(corpus: TextFeatures, examples: Examples, recipe: Recipe): Float32Array {
  const scales = logRatiosOf(corpus, examples);
  for (let bucket = 0; bucket < BUCKETS; bucket++) scales[bucket] **= recipe.leaning;
  scaleBlock(corpus, scales, [0, WORD_BUCKETS], recipe.words);
  scaleBlock(corpus, scales, [WORD_BUCKETS, BUCKETS], 1);
  scales.fill(recipe.clauses ** 2, BUCKETS, CONSTANT_INDEX);
  scales[CONSTANT_INDEX] = 1;
  return scales;
}

/** Per bucket, `MIN_LEANING` plus the absolute log ratio of its shares among positives and negatives. */
function logRatiosOf({ indices, starts }: TextFeatures, { rows, degrees, weights }: Examples): Float32Array {
  const positive = new Float64Array(FEATURE_COUNT).fill(1);
  const negative = new Float64Array(FEATURE_COUNT).fill(1);
  let [positives, negatives] = [2, 2];
  rows.forEach((row, index) => {
    const positiveWeight = weights[index] * degrees[index];
    const negativeWeight = weights[index] - positiveWeight;
    positives += positiveWeight;
    negatives += negativeWeight;
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      positive[indices[at]] += positiveWeight;
      negative[indices[at]] += negativeWeight;
    }
  });
  const overallRatio = log(positives / negatives);
  const ratios = new Float32Array(FEATURE_COUNT);
  for (let feature = 0; feature < FEATURE_COUNT; feature++)
    ratios[feature] = MIN_LEANING + abs(log(positive[feature] / negative[feature]) - overallRatio);
  return ratios;
}

/** Converts log ratios to squared scales whose mean, weighted by occurrence in texts, is the square of `strength`. */
function scaleBlock(
  { count, frequency }: TextFeatures,
  scales: Float32Array,
  [from, to]: readonly [number, number],
  strength: number,
): void {
  let sum = 0;
  let weight = 0;
  for (let feature = from; feature < to; feature++) {
    const rarity = log(1 + count / (1 + frequency[feature]));
    scales[feature] = (scales[feature] * rarity) ** 2;
    sum += scales[feature] * frequency[feature];
    weight += frequency[feature];
  }
  const share = (strength ** 2 * max(1, weight)) / sum;
  for (let feature = from; feature < to; feature++) scales[feature] *= share;
}
