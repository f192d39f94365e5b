import { calibrate, type Calibration } from './calibration.js';
import type { Corpus } from './corpus.js';
import { ORIGIN, select, type LabelExamples } from './examples.js';
import { fit, logitOf, totalWeights, type PriorMargins } from './logistic.js';
import type { Recipe } from './recipes.js';
import { scalesOf } from './scales.js';

const ROUNDS = 5;
const FOLD_ROUNDS = 3;
// Calibrated on three of five folds in turn, because a single fold would depend too much on its templates.
const FOLDS = 5;
const FOLDS_USED = 3;

export interface TrainedLabel {
  readonly weights: Float32Array;
  readonly calibration: Calibration;
}

/** @param prior from another label, if the recipe uses one */
export function trainLabel(
  corpus: Corpus,
  examples: LabelExamples,
  recipe: Recipe,
  seed: number,
  prior?: PriorMargins,
): TrainedLabel {
  const calibration = calibrateOnFolds(corpus, examples, recipe, seed, prior);
  const scales = scalesOf(corpus, examples, recipe);
  const fitted = fit(corpus, examples, scales, { c: recipe.c, rounds: ROUNDS, seed, prior });
  return { weights: totalWeights(fitted, prior), calibration };
}

/** Platt scaling on texts that the weights were not trained on. */
function calibrateOnFolds(
  corpus: Corpus,
  examples: LabelExamples,
  recipe: Recipe,
  seed: number,
  prior: PriorMargins | undefined,
): Calibration {
  const { rows, degrees, origin, group } = examples;
  const logits: number[] = [];
  const positive: boolean[] = [];
  const weightsOfTexts: number[] = [];
  const isOwn = (at: number): boolean => origin[at] === ORIGIN.own;
  const ownWeights = ownWeightsOf(examples, recipe);
  for (let fold = 0; fold < FOLDS_USED; fold++) {
    const selected = select(examples, (at) => group[at] % FOLDS !== fold);
    const scales = scalesOf(corpus, selected, recipe);
    const { weights, priorFactor } = fit(corpus, selected, scales, {
      c: recipe.c,
      rounds: FOLD_ROUNDS,
      seed,
      prior,
    });
    for (let at = 0; at < rows.length; at++) {
      if (group[at] % FOLDS !== fold || origin[at] === ORIGIN.derived) continue;
      logits.push(logitOf(corpus, rows[at], weights) + priorFactor * (prior?.margins[rows[at]] ?? 0));
      positive.push(degrees[at] >= 0.5);
      weightsOfTexts.push(isOwn(at) ? ownWeights[degrees[at] >= 0.5 ? 1 : 0] : 1);
    }
  }
  return calibrate(logits, positive, weightsOfTexts);
}

/** Weight of one of our own sentences in calibration relative to a comment: for a negative and for a positive one. */
function ownWeightsOf(
  { degrees, origin }: LabelExamples,
  { ownInCalibration }: Recipe,
): readonly [number, number] {
  let comments = 0;
  const sentences: [number, number] = [0, 0];
  origin.forEach((each, at) => {
    if (each === ORIGIN.given) comments++;
    else if (each === ORIGIN.own) sentences[degrees[at] >= 0.5 ? 1 : 0]++;
  });
  const half = (ownInCalibration * comments) / 2;
  return [half / Math.max(1, sentences[0]), half / Math.max(1, sentences[1])];
}

/**
 * The prior that a label provides to others: its weights, and for each text its logit by weights that were not
 * trained on that text.
 *
 * @param weights trained on all examples
 */
export function marginsFor(
  corpus: Corpus,
  examples: LabelExamples,
  recipe: Recipe,
  weights: Float32Array,
  seed: number,
): PriorMargins {
  const margins = Float64Array.from({ length: corpus.count }, (_, row) => logitOf(corpus, row, weights));
  for (const half of [0, 1]) {
    const selected = select(examples, (at) => at % 2 === half);
    const scales = scalesOf(corpus, selected, recipe);
    const fitted = fit(corpus, selected, scales, { c: recipe.c, rounds: FOLD_ROUNDS, seed });
    for (let at = 1 - half; at < examples.rows.length; at += 2)
      margins[examples.rows[at]] = logitOf(corpus, examples.rows[at], fitted.weights);
  }
  return { margins, weights };
}
