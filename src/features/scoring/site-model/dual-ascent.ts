import { sigmoid } from '../scores.js';
import { pause } from './site-corpus.js';

const ROUNDS = 15;
const NEWTON_STEPS = 12;
const STEPS_PER_YIELD = 2_000;

/** Examples whose features the caller stores, with the weights that are fitted to them. */
export interface LinearExamples {
  /** The squared length of each example's features. */
  readonly norms: readonly number[];
  /** The weights times the features of an example. */
  sum: (at: number) => number;
  /** Adds a multiple of an example's features to the weights. */
  add: (at: number, change: number) => void;
}

/**
 * Fits a logistic regression with an L2 penalty on its weights to what a prior leaves unexplained, by dual coordinate
 * ascent as in `training/`. Works in small steps so that the process stays responsive.
 *
 * @param prior a logit for each example, to which the weights add
 * @param degrees 0 to 1 for each example
 */
export async function ascendDuals(
  { norms, sum, add }: LinearExamples,
  prior: readonly number[],
  degrees: readonly number[],
): Promise<void> {
  const count = norms.length;
  const duals = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    // Visits the examples in strides, so that texts of the same time are not visited together. The stride is coprime to
    // the count.
    const stride = strideOf(count, round);
    for (let step = 0, at = 0; step < count; step++, at = (at + stride) % count) {
      if (step % STEPS_PER_YIELD === STEPS_PER_YIELD - 1) await pause();
      const dual = solveDual(degrees[at], prior[at] + sum(at), duals[at], norms[at]);
      const change = dual - duals[at];
      if (change === 0) continue;
      duals[at] = dual;
      add(at, change);
    }
  }
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
