import { CLAUSE_FEATURES } from '../model/clauses.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import type { LabelHead, Model, TrainingSummary } from '../model/model-file.js';
import { BUCKETS, WORD_BUCKETS } from '../model/ngrams.js';
import { Scorer } from '../model/scorer.js';
import { sigmoid } from '../scores.js';
import { Corpus } from './corpus.js';
import type { Row } from './dataset.js';
import { countPositives, examplesOf } from './examples.js';
import { logitOf, type PriorMargins } from './logistic.js';
import { measure } from './metrics.js';
import type { SyntheticSentence } from './synthetic-sentences.js';
import { quantise } from './quantise.js';
import { RECIPES } from './recipes.js';
import { CONSTANT_INDEX } from './feature-order.js';
import { marginsFor, trainLabel } from './train-label.js';

export interface TrainingOptions {
  readonly seed: number;
  readonly version: string;
  readonly onProgress: (line: string) => void;
}

const LABELS = MODEL_LABELS.length;

/**
 * Trains a model. Deterministic: the same rows, options and code give the same file.
 *
 * @param rows labelled comments
 * @param own our own sentences, each with its weight
 * @param valid used for measurement only, for the summary and the progress output
 */
export function trainModel(
  rows: readonly Row[],
  own: readonly SyntheticSentence[],
  valid: readonly Row[],
  { seed, version, onProgress }: TrainingOptions,
): Model {
  const startedAt = performance.now();
  const log = (line: string): void =>
    onProgress(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  const corpus = new Corpus(rows.length + own.length);
  for (const { text } of rows) corpus.add(text);
  for (const { text } of own) corpus.add(text);
  log(`read ${corpus.count} texts`);
  const measured = new Corpus(valid.length);
  for (const { text } of valid) measured.add(text);

  const clauses = new Float32Array(CLAUSE_FEATURES * LABELS);
  const weights = new Int8Array(BUCKETS * LABELS);
  const heads: Partial<Record<ModelLabel, LabelHead>> = {};
  const examples: TrainingSummary['examples'] = {};
  const floats: Partial<Record<ModelLabel, Float64Array>> = {};
  let prior: PriorMargins | undefined;
  for (const [index, label] of MODEL_LABELS.entries()) {
    const chosen = examplesOf(rows, own, label);
    const recipe = RECIPES[label];
    const trained = trainLabel(
      corpus,
      chosen,
      recipe,
      seed + index,
      recipe.usesToxicityPrior ? prior : undefined,
    );
    if (label === 'toxicity') prior = marginsFor(corpus, chosen, recipe, trained.weights, seed);
    const block = (bounds: readonly [number, number]): number =>
      quantise(trained.weights, bounds, corpus.frequency, weights, index, LABELS);
    heads[label] = {
      wordStep: block([0, WORD_BUCKETS]),
      letterStep: block([WORD_BUCKETS, BUCKETS]),
      constant: trained.weights[CONSTANT_INDEX],
      ...trained.calibration,
    };
    for (let feature = 0; feature < CLAUSE_FEATURES; feature++)
      clauses[feature * LABELS + index] = trained.weights[BUCKETS + feature];
    examples[label] = { rows: chosen.rows.length, positives: countPositives(chosen) };
    const { slope, offset } = trained.calibration;
    floats[label] = Float64Array.from(valid, (_, row) =>
      sigmoid(slope * logitOf(measured, row, trained.weights) + offset),
    );
    log(`${label}: ${examples[label].rows} texts, ${examples[label].positives} of them positive`);
  }

  const training = {
    seed,
    rows: rows.length,
    ownSentences: own.length,
    examples,
    validation: {},
    sources: [...new Set(rows.map(({ source }) => source))].sort(),
  };
  const header = { version, labels: MODEL_LABELS, heads: heads as Record<ModelLabel, LabelHead>, training };
  const validation = validate({ header, clauses, weights }, valid, floats, log);
  return { header: { ...header, training: { ...training, validation } }, clauses, weights };
}

/** Compares the quantised scores with the labels, and counts how many are within .01 of the unquantised ones. */
function validate(
  model: Model,
  valid: readonly Row[],
  floats: Partial<Record<ModelLabel, Float64Array>>,
  log: (line: string) => void,
): TrainingSummary['validation'] {
  const scorer = new Scorer(model);
  const scores = valid.map(({ text }) => Float64Array.from(scorer.probabilities(text)));
  // Without the limits on shares, to compare with the floats, which have none.
  const unlimited = new Scorer(model, {});
  const unlimitedScores = valid.map(({ text }) => Float64Array.from(unlimited.probabilities(text)));
  const found: TrainingSummary['validation'] = {};
  for (const [index, label] of MODEL_LABELS.entries()) {
    const labelled = valid.map((_, row) => row).filter((row) => valid[row].labels[label] !== undefined);
    if (labelled.length === 0) continue;
    const { rocAuc, averagePrecision, ece } = measure(
      labelled.map((row) => scores[row][index]),
      labelled.map((row) => valid[row].labels[label]! >= 0.5),
    );
    const near = unlimitedScores.filter(
      (score, row) => Math.abs(score[index] - floats[label]![row]) <= 0.01,
    ).length;
    const figures = {
      rocAuc: rounded(rocAuc),
      averagePrecision: rounded(averagePrecision),
      ece: rounded(ece) ?? 0,
      nearFloats: rounded(near / valid.length) ?? 0,
    };
    found[label] = figures;
    log(
      `${label}: ROC-AUC ${figures.rocAuc}, average precision ${figures.averagePrecision}, ECE ${figures.ece}; ` +
        `within .01 of the floats: ${(figures.nearFloats * 100).toFixed(2)} %`,
    );
  }
  return found;
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000;
