import { BLOCK, CONSTANT, FEATURES, type Corpus } from './corpus.js';
import { randomFrom, shuffle } from './random.js';

/** One text of the corpus with the label's degree and how much it counts. */
export interface Examples {
  readonly rows: Int32Array;
  /** 0 to 1. */
  readonly degrees: Float32Array;
  /** 1 is an ordinary example; it is multiplied by C. */
  readonly weights: Float32Array;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/**
 * A logistic regression with an L2 penalty, by dual coordinate ascent (Shalev-Shwartz and Zhang 2013; Yu, Huang and
 * Lin 2011), which needs no step size and nears the one optimum from any order. Degrees between 0 and 1 are soft
 * labels. The scales of the features are in the weights that come out.
 *
 * @param scales the squares of the features' scales
 * @param c how much the examples count against the penalty
 * @returns a weight per feature, the constant last
 */
export function fit(
  corpus: Corpus,
  { rows, degrees, weights: importance }: Examples,
  scales: Float32Array,
  { c, rounds, seed }: { c: number; rounds: number; seed: number },
): Float32Array {
  const weights = new Float32Array(FEATURES);
  const duals = new Float64Array(rows.length);
  const order = Int32Array.from(rows, (_, index) => index);
  const norms = Float64Array.from(rows, (row) => normOf(corpus, row, scales));
  const random = randomFrom(seed);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const index of order) {
      const limit = c * importance[index];
      const degree = degrees[index];
      const norm = norms[index];
      const margin = logitOf(corpus, rows[index], weights);
      const before = duals[index];
      // The dual d solves d = limit * (degree - sigmoid(margin + (d - before) * norm)): rising, so Newton, kept inside.
      let low = limit * (degree - 1);
      let high = limit * degree;
      let dual = Math.min(high, Math.max(low, before));
      for (let step = 0; step < 12; step++) {
        const p = sigmoid(margin + (dual - before) * norm);
        const gap = dual - limit * (degree - p);
        if (Math.abs(gap) < 1e-7 * limit) break;
        if (gap > 0) high = dual;
        else low = dual;
        const next = dual - gap / (1 + limit * p * (1 - p) * norm);
        dual = next > low && next < high ? next : (low + high) / 2;
      }
      const delta = dual - before;
      if (delta === 0) continue;
      duals[index] = dual;
      move(corpus, rows[index], weights, scales, delta);
    }
  }
  return weights;
}

/** The logit that weights give a text. */
export function logitOf(
  { indices, starts, lettersAt, clausesAt }: Corpus,
  row: number,
  weights: Float32Array,
): number {
  const [from, letters, clauses, to] = [starts[row], lettersAt[row], clausesAt[row], starts[row + 1]];
  let words = 0;
  for (let at = from; at < letters; at++) words += weights[indices[at]];
  let runs = 0;
  for (let at = letters; at < clauses; at++) runs += weights[indices[at]];
  let sum = weights[CONSTANT];
  for (let at = clauses; at < to; at++) sum += weights[indices[at]];
  return (
    sum + perRoot(BLOCK.words, letters - from) * words + perRoot(BLOCK.letters, clauses - letters) * runs
  );
}

/** What an n-gram counts in a text with so many of them. */
export const perRoot = (strength: number, count: number): number =>
  count === 0 ? 0 : strength / Math.sqrt(count);

function normOf(
  { indices, starts, lettersAt, clausesAt }: Corpus,
  row: number,
  scales: Float32Array,
): number {
  const [from, letters, clauses, to] = [starts[row], lettersAt[row], clausesAt[row], starts[row + 1]];
  let words = 0;
  for (let at = from; at < letters; at++) words += scales[indices[at]];
  let runs = 0;
  for (let at = letters; at < clauses; at++) runs += scales[indices[at]];
  let sum = scales[CONSTANT];
  for (let at = clauses; at < to; at++) sum += scales[indices[at]];
  return (
    sum +
    perRoot(BLOCK.words, letters - from) ** 2 * words +
    perRoot(BLOCK.letters, clauses - letters) ** 2 * runs
  );
}

function move(
  { indices, starts, lettersAt, clausesAt }: Corpus,
  row: number,
  weights: Float32Array,
  scales: Float32Array,
  delta: number,
): void {
  const [from, letters, clauses, to] = [starts[row], lettersAt[row], clausesAt[row], starts[row + 1]];
  const words = delta * perRoot(BLOCK.words, letters - from);
  for (let at = from; at < letters; at++) weights[indices[at]] += words * scales[indices[at]];
  const runs = delta * perRoot(BLOCK.letters, clauses - letters);
  for (let at = letters; at < clauses; at++) weights[indices[at]] += runs * scales[indices[at]];
  for (let at = clauses; at < to; at++) weights[indices[at]] += delta * scales[indices[at]];
  weights[CONSTANT] += delta * scales[CONSTANT];
}
