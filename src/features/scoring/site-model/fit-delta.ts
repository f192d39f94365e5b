import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { FIXED, fixedSize, meaningSum } from './site-model-features.js';
import { sigmoid } from '../scores.js';
import { pause, type SiteCorpus } from './site-corpus.js';

/** Weights over a corpus: the fixed ones, one per number of an embedding, and one per id. */
export interface Delta {
  readonly fixed: Float64Array;
  readonly meaning: Float64Array;
  readonly ids: Float64Array;
}

const ROUNDS = 15;
const NEWTON_STEPS = 12;
const STEPS_PER_YIELD = 2_000;

/** The change that a weight difference makes to an example's logit. */
export function applyDelta(
  { fixed, meaning, ids }: Delta,
  { features, idIndexes, sizes }: SiteCorpus['examples'][number],
): number {
  let sum = 0;
  for (let each = 0; each < FIXED; each++) sum += fixed[each] * fixedSize(each, features);
  for (let each = 0; each < idIndexes.length; each++) sum += ids[idIndexes[each]] * sizes[each];
  return features.meaning ? sum + meaningSum(features.meaning, meaning) : sum;
}

/**
 * Fits a logistic regression whose weights are kept close to the shipped ones by an L2 penalty on the difference, so
 * that weights without evidence stay as shipped. Uses dual coordinate ascent, as in `training/`, starting from each
 * example's shipped logit. Deterministic: the same examples give the same weights.
 *
 * @param rows which examples of the corpus
 * @param prior the shipped logit by row
 * @param degrees 0 to 1 by row
 */
export async function fitDelta(
  corpus: SiteCorpus,
  rows: readonly number[],
  prior: readonly number[],
  degrees: readonly number[],
): Promise<Delta> {
  const fixed = new Float64Array(FIXED);
  const meaning = new Float64Array(DIMENSIONS);
  const ids = new Float64Array(corpus.ids.length);
  const duals = new Float64Array(rows.length);
  const sizes = rows.map((row) => {
    const { features } = corpus.examples[row];
    return Float64Array.from({ length: FIXED }, (_, each) => fixedSize(each, features));
  });
  const norms = rows.map((row, index) => {
    let sum = 0;
    for (const size of sizes[index]) sum += size * size;
    for (const size of corpus.examples[row].sizes) sum += size * size;
    const { meaning: embedding } = corpus.examples[row].features;
    if (embedding) sum += meaningSum(embedding, embedding.numbers) * embedding.scale;
    return sum;
  });
  for (let round = 0; round < ROUNDS; round++) {
    // Visits the rows in strides, so that texts of the same time are not visited together. The stride is coprime to the
    // count.
    const stride = strideOf(rows.length, round);
    for (let step = 0, index = 0; step < rows.length; step++, index = (index + stride) % rows.length) {
      if (step % STEPS_PER_YIELD === STEPS_PER_YIELD - 1) await pause();
      const example = corpus.examples[rows[index]];
      const margin = prior[index] + applyDelta({ fixed, meaning, ids }, example);
      const dual = solveDual(degrees[index], margin, duals[index], norms[index]);
      const change = dual - duals[index];
      if (change === 0) continue;
      duals[index] = dual;
      for (let each = 0; each < FIXED; each++) fixed[each] += change * sizes[index][each];
      for (let each = 0; each < example.idIndexes.length; each++)
        ids[example.idIndexes[each]] += change * example.sizes[each];
      const { meaning: embedding } = example.features;
      if (embedding)
        for (let each = 0; each < DIMENSIONS; each++)
          meaning[each] += change * embedding.scale * embedding.numbers[each];
    }
  }
  return { fixed, meaning, ids };
}

/**
 * Solves `d = degree - sigmoid(margin + (d - before) * norm)` for the dual d: monotonic, so Newton's method within
 * bounds.
 */
function solveDual(degree: number, margin: number, before: number, norm: number): number {
  let low = degree - 1;
  let high = degree;
  let dual = Math.min(high, Math.max(low, before));
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const p = sigmoid(margin + (dual - before) * norm);
    const gap = dual - (degree - p);
    if (Math.abs(gap) < 1e-7) break;
    if (gap > 0) high = dual;
    else low = dual;
    const next = dual - gap / (1 + p * (1 - p) * norm);
    dual = next > low && next < high ? next : (low + high) / 2;
  }
  return dual;
}

function strideOf(count: number, round: number): number {
  const greatestCommonDivisor = (a: number, b: number): number =>
    b === 0 ? a : greatestCommonDivisor(b, a % b);
  let stride = Math.max(1, Math.floor(count * 0.38) + 7 * round + 1);
  while (greatestCommonDivisor(stride, count) !== 1) stride++;
  return stride;
}
