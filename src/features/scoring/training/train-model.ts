import { CLAUSE_FEATURES } from '../model/clauses.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import type { LabelHead, Model, TrainingSummary } from '../model/model-file.js';
import { BUCKETS, WORD_BUCKETS } from '../model/ngrams.js';
import { Scorer } from '../model/scorer.js';
import { calibrate, type Calibration } from './calibration.js';
import { CONSTANT, Corpus, scalesOf } from './corpus.js';
import type { Row } from './dataset.js';
import { fit, logitOf, type Examples } from './logistic.js';
import { measure, type Metrics } from './metrics.js';
import { targetOf } from './targets.js';

export interface TrainingOptions {
  readonly seed: number;
  readonly version: string;
  readonly onProgress: (line: string) => void;
}

const C = 1;
const ROUNDS = 6;
const LABELS = MODEL_LABELS.length;
// Below so many positives a label is calibrated on two parts, in turns; else one part in FOLDS is enough.
const FEW_POSITIVES = 1000;
const FOLDS = 5;
const ROUNDS_TO_CALIBRATE = 4;
const BYTE = 127;

/**
 * Trains a model: the same rows, options and code give the same file.
 *
 * @param rows labelled comments
 * @param own sentences of our own, each with what it counts
 * @param valid only measured on, and only for the summary and the progress
 */
export function trainModel(
  rows: readonly Row[],
  own: readonly (Row & { readonly weight: number })[],
  valid: readonly Row[],
  { seed, version, onProgress }: TrainingOptions,
): {
  model: Model;
  metrics: Partial<Record<ModelLabel, Metrics>>;
  quantised: Partial<Record<ModelLabel, number>>;
} {
  const corpus = new Corpus(rows.length + own.length + valid.length);
  const began = performance.now();
  const say = (line: string): void =>
    onProgress(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  for (const { text } of rows) corpus.add(text);
  for (const { text } of own) corpus.add(text);
  say(`read ${corpus.count} texts`);
  const scales = scalesOf(corpus);
  const validAt = corpus.count;
  for (const { text } of valid) corpus.add(text);

  const clauses = new Float32Array(CLAUSE_FEATURES * LABELS);
  const weights = new Int8Array(BUCKETS * LABELS);
  const heads: Partial<Record<ModelLabel, LabelHead>> = {};
  const examples: TrainingSummary['examples'] = {};
  const floats: Partial<Record<ModelLabel, Float64Array>> = {};
  for (const [index, label] of MODEL_LABELS.entries()) {
    const chosen = examplesOf(rows, own, label);
    const options = { c: C, rounds: ROUNDS, seed: seed + index };
    const calibration = calibrateByFolds(corpus, chosen, scales, options);
    const trained = fit(corpus, chosen, scales, options);
    const steps = {
      wordStep: quantise(trained, 0, WORD_BUCKETS, corpus.frequency, weights, index),
      letterStep: quantise(trained, WORD_BUCKETS, BUCKETS, corpus.frequency, weights, index),
    };
    for (let feature = 0; feature < CLAUSE_FEATURES; feature++)
      clauses[feature * LABELS + index] = trained[BUCKETS + feature];
    heads[label] = { ...steps, constant: trained[CONSTANT], ...calibration };
    examples[label] = {
      rows: chosen.rows.length,
      positives: chosen.degrees.filter((degree) => degree >= 0.5).length,
    };
    floats[label] = Float64Array.from(valid, (_, row) => {
      const logit = calibration.slope * logitOf(corpus, validAt + row, trained) + calibration.offset;
      return 1 / (1 + Math.exp(-logit));
    });
    say(`${label}: ${examples[label].rows} texts, ${examples[label].positives} of them positive`);
  }

  const header = {
    version,
    labels: MODEL_LABELS,
    heads: heads as Record<ModelLabel, LabelHead>,
    training: {
      seed,
      rows: rows.length,
      ownSentences: own.length,
      examples,
      validation: {},
      sources: [...new Set(rows.map(({ source }) => source))].sort(),
    },
  };
  const model: Model = { header, clauses, weights };
  const { metrics, quantised } = compare(model, valid, floats);
  const validation: Partial<
    Record<ModelLabel, { rocAuc: number | null; averagePrecision: number | null; ece: number }>
  > = {};
  for (const label of MODEL_LABELS) {
    const found = metrics[label];
    if (!found) continue;
    validation[label] = {
      rocAuc: rounded(found.rocAuc),
      averagePrecision: rounded(found.averagePrecision),
      ece: rounded(found.ece) ?? 0,
    };
    say(
      `${label}: ROC-AUC ${found.rocAuc?.toFixed(4)}, average precision ${found.averagePrecision?.toFixed(4)}, ECE ${found.ece.toFixed(4)}; within .01 of the floats: ${((quantised[label] ?? 0) * 100).toFixed(2)} %`,
    );
  }
  return {
    model: { ...model, header: { ...header, training: { ...header.training, validation } } },
    metrics,
    quantised,
  };
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000;

interface Chosen extends Examples {
  /** Of each example whether its label was given, and not concluded or of our own. */
  readonly given: Uint8Array;
}

function examplesOf(
  rows: readonly Row[],
  own: readonly (Row & { readonly weight: number })[],
  label: ModelLabel,
): Chosen {
  const found: { row: number; degree: number; weight: number; given: boolean }[] = [];
  rows.forEach((row, index) => {
    const target = targetOf(row, label, index);
    if (target) found.push({ row: index, ...target, given: row.labels[label] !== undefined });
  });
  own.forEach(({ labels, weight }, index) => {
    const degree = labels[label];
    if (degree !== undefined) found.push({ row: rows.length + index, degree, weight, given: false });
  });
  return {
    rows: Int32Array.from(found, ({ row }) => row),
    degrees: Float32Array.from(found, ({ degree }) => degree),
    weights: Float32Array.from(found, ({ weight }) => weight),
    given: Uint8Array.from(found, ({ given }) => (given ? 1 : 0)),
  };
}

/** Platt scaling on texts that the weights it is for were not trained on. */
function calibrateByFolds(
  corpus: Corpus,
  chosen: Chosen,
  scales: Float32Array,
  options: { c: number; rounds: number; seed: number },
): Calibration {
  const logits: number[] = [];
  const positive: boolean[] = [];
  const positives = chosen.degrees.filter((degree) => degree >= 0.5).length;
  const turns = positives > FEW_POSITIVES ? 1 : 3;
  // Rows of one source stand together, so every FOLDS-th is in the part.
  for (let turn = 0; turn < turns; turn++) {
    const isHeld = (at: number): boolean => at % FOLDS === turn;
    const kept = (_: number, at: number): boolean => !isHeld(at);
    const weights = fit(
      corpus,
      {
        rows: chosen.rows.filter(kept),
        degrees: chosen.degrees.filter(kept),
        weights: chosen.weights.filter(kept),
      },
      scales,
      { ...options, rounds: ROUNDS_TO_CALIBRATE },
    );
    chosen.rows.forEach((row, at) => {
      if (!isHeld(at) || chosen.given[at] === 0) return;
      logits.push(logitOf(corpus, row, weights));
      positive.push(chosen.degrees[at] >= 0.5);
    });
  }
  return calibrate(logits, positive);
}

/**
 * Weights as signed bytes, the step chosen so that what texts hold loses least; the few that are larger are cut.
 *
 * @returns the step
 */
function quantise(
  trained: Float32Array,
  from: number,
  to: number,
  frequency: Uint32Array,
  weights: Int8Array,
  label: number,
): number {
  let largest = 0;
  for (let feature = from; feature < to; feature++) largest = Math.max(largest, Math.abs(trained[feature]));
  let best = { step: largest / BYTE || 1, loss: Infinity };
  for (let cut = 1; cut > 0.1; cut *= 0.93) {
    const step = (largest * cut) / BYTE || 1;
    let loss = 0;
    for (let feature = from; feature < to; feature++)
      loss += frequency[feature] * (trained[feature] - byteOf(trained[feature], step) * step) ** 2;
    if (loss < best.loss) best = { step, loss };
  }
  for (let feature = from; feature < to; feature++)
    weights[feature * LABELS + label] = byteOf(trained[feature], best.step);
  return best.step;
}

const byteOf = (weight: number, step: number): number =>
  Math.max(-BYTE, Math.min(BYTE, Math.round(weight / step)));

/** The file's own scores against the labels, and how many of them are within .01 of the floats'. */
function compare(
  model: Model,
  valid: readonly Row[],
  floats: Partial<Record<ModelLabel, Float64Array>>,
): { metrics: Partial<Record<ModelLabel, Metrics>>; quantised: Partial<Record<ModelLabel, number>> } {
  const scorer = new Scorer(model);
  const scores = valid.map(({ text }) => Float64Array.from(scorer.probabilities(text)));
  const metrics: Partial<Record<ModelLabel, Metrics>> = {};
  const quantised: Partial<Record<ModelLabel, number>> = {};
  for (const [index, label] of MODEL_LABELS.entries()) {
    const known = valid.map((_, row) => row).filter((row) => valid[row].labels[label] !== undefined);
    if (known.length > 0)
      metrics[label] = measure(
        known.map((row) => scores[row][index]),
        known.map((row) => valid[row].labels[label]! >= 0.5),
      );
    const near = valid.filter((_, row) => Math.abs(scores[row][index] - floats[label]![row]) <= 0.01).length;
    if (valid.length > 0) quantised[label] = near / valid.length;
  }
  return { metrics, quantised };
}
