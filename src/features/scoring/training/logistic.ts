import { ngramWeight } from '../model/ngrams.js';
import { sigmoid } from '../scores.js';
import type { TextFeatures } from './corpus.js';
import { randomFrom, shuffle } from './random.js';
import { CONSTANT_INDEX, FEATURE_COUNT } from './feature-order.js';

/** Texts of the corpus with the label's degree and their weights. */
export interface Examples {
  readonly rows: Int32Array;
  /** 0 to 1. */
  readonly degrees: Float32Array;
  /** 1 is an ordinary example; multiplied by C. */
  readonly weights: Float32Array;
}

/** The prior that another label provides for one with few examples of its own. */
export interface PriorMargins {
  /** The other label's logit for each text of the corpus, by weights that were not trained on that text. */
  readonly margins: Float64Array;
  readonly weights: Float32Array;
}

/** Weights, and the factor for the prior. */
export interface Fitted {
  /** A weight per feature, the constant last. */
  readonly weights: Float32Array;
  readonly priorFactor: number;
}

// The squared scale of the prior: how strongly it is used.
const PRIOR_SCALE = 0.2;
const NEWTON_STEPS = 12;

/**
 * Fits a logistic regression with an L2 penalty by dual coordinate ascent (Shalev-Shwartz and Zhang 2013; Yu, Huang
 * and Lin 2011), which needs no step size and converges to the single optimum in any order. Degrees between 0 and 1
 * are soft labels. The returned weights include the scales of the features.
 *
 * @param scales the squares of the features' scales
 * @param c weight of the examples relative to the penalty
 */
export function fit(
  corpus: TextFeatures,
  { rows, degrees, weights: importance }: Examples,
  scales: Float32Array,
  { c, rounds, seed, prior }: { c: number; rounds: number; seed: number; prior?: PriorMargins | undefined },
): Fitted {
  const weights = new Float32Array(FEATURE_COUNT);
  let priorFactor = 0;
  const duals = new Float64Array(rows.length);
  const order = Int32Array.from(rows, (_, index) => index);
  const priorMargins = Float64Array.from(rows, (row) => prior?.margins[row] ?? 0);
  const norms = Float64Array.from(
    rows,
    (row, index) => normOf(corpus, row, scales) + PRIOR_SCALE * priorMargins[index] ** 2,
  );
  const random = randomFrom(seed);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const index of order) {
      const margin = logitOf(corpus, rows[index], weights) + priorFactor * priorMargins[index];
      const previous = duals[index];
      const dual = solveDual(c * importance[index], degrees[index], margin, previous, norms[index]);
      if (dual === previous) continue;
      duals[index] = dual;
      addToWeights(corpus, rows[index], weights, scales, dual - previous);
      priorFactor += PRIOR_SCALE * (dual - previous) * priorMargins[index];
    }
  }
  return { weights, priorFactor };
}

/** Merges the prior into the weights, which gives an ordinary linear model. */
export const totalWeights = (
  { weights, priorFactor }: Fitted,
  prior: PriorMargins | undefined,
): Float32Array =>
  prior ? weights.map((weight, feature) => weight + priorFactor * prior.weights[feature]) : weights;

/**
 * Solves `d = limit * (degree - sigmoid(margin + (d - previous) * norm))` for the dual d: monotonic, so Newton's method
 * within bounds.
 */
function solveDual(limit: number, degree: number, margin: number, previous: number, norm: number): number {
  let low = limit * (degree - 1);
  let high = limit * degree;
  let dual = Math.min(high, Math.max(low, previous));
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const p = sigmoid(margin + (dual - previous) * norm);
    const gap = dual - limit * (degree - p);
    if (Math.abs(gap) < 1e-7 * limit) break;
    if (gap > 0) high = dual;
    else low = dual;
    const next = dual - gap / (1 + limit * p * (1 - p) * norm);
    dual = next > low && next < high ? next : (low + high) / 2;
  }
  return dual;
}

/** The logit of a text with the given weights. */
export function logitOf(
  { indices, starts, lettersAt, clausesAt }: TextFeatures,
  row: number,
  weights: Float32Array,
): number {
  const [from, letters, clauses, to] = [starts[row], lettersAt[row], clausesAt[row], starts[row + 1]];
  let words = 0;
  for (let at = from; at < letters; at++) words += weights[indices[at]];
  let runs = 0;
  for (let at = letters; at < clauses; at++) runs += weights[indices[at]];
  let sum = weights[CONSTANT_INDEX];
  for (let at = clauses; at < to; at++) sum += weights[indices[at]];
  return sum + ngramWeight(letters - from) * words + ngramWeight(clauses - letters) * runs;
}

// How often each letter bucket occurs in the current text; all zero between two texts.
const bucketCounts = new Uint32Array(FEATURE_COUNT);

/** The squared length of a text. Words share runs of letters, and a bucket that occurs twice counts fourfold. */
function normOf(
  { indices, starts, lettersAt, clausesAt }: TextFeatures,
  row: number,
  scales: Float32Array,
): number {
  const [from, letters, clauses, to] = [starts[row], lettersAt[row], clausesAt[row], starts[row + 1]];
  let words = 0;
  for (let at = from; at < letters; at++) words += scales[indices[at]];
  let runs = 0;
  // The squares of 1, 2, 3 … are the sums of 1, 3, 5 …
  for (let at = letters; at < clauses; at++)
    runs += scales[indices[at]] * (2 * bucketCounts[indices[at]]++ + 1);
  for (let at = letters; at < clauses; at++) bucketCounts[indices[at]] = 0;
  let sum = scales[CONSTANT_INDEX];
  for (let at = clauses; at < to; at++) sum += scales[indices[at]];
  return sum + ngramWeight(letters - from) ** 2 * words + ngramWeight(clauses - letters) ** 2 * runs;
}

function addToWeights(
  { indices, starts, lettersAt, clausesAt }: TextFeatures,
  row: number,
  weights: Float32Array,
  scales: Float32Array,
  delta: number,
): void {
  const [from, letters, clauses, to] = [starts[row], lettersAt[row], clausesAt[row], starts[row + 1]];
  const words = delta * ngramWeight(letters - from);
  for (let at = from; at < letters; at++) weights[indices[at]] += words * scales[indices[at]];
  const runs = delta * ngramWeight(clauses - letters);
  for (let at = letters; at < clauses; at++) weights[indices[at]] += runs * scales[indices[at]];
  for (let at = clauses; at < to; at++) weights[indices[at]] += delta * scales[indices[at]];
  weights[CONSTANT_INDEX] += delta * scales[CONSTANT_INDEX];
}
