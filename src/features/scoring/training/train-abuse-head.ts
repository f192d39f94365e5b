import {
  AbuseHead,
  HEAD_LABELS,
  INPUT_SCALE,
  textForEncoder,
  type AbuseHeadWeights,
  type Blend,
  type HeadLabel,
} from '../encoder/abuse-head.js';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { logit, sigmoid, type ScoreMap } from '../scores.js';
import { calibrate } from './calibration.js';
import type { Row } from './dataset.js';
import { randomFrom, shuffle } from './random.js';
import type { SyntheticSentence } from './synthetic-sentences.js';
import { targetOf, type Target } from './targets.js';

/*
 * Trains the hidden layer on the frozen sentence encoder by Adam with a cosine schedule, then fits how each label's
 * logit is combined with that of the n-gram model.
 */

const HIDDEN = 64;
const EPOCHS = 14;
const BATCH = 256;
const LEARNING_RATE = 0.002;
const WEIGHT_DECAY = 0.001;
const DROPOUT = 0.2;
const INITIAL_SCALE = 3;
/** Comments of one source resemble each other, and encoding takes most of the time. */
const MAX_ROWS_PER_SOURCE = 6_000;
/** Sentences of one template resemble each other even more. */
const OWN_WEIGHT = 0.5;
/** Chosen on sources left out of training: .6 is best or within .003 of the best for each label. */
const HEAD_WEIGHT = 0.6;

/** Few validation comments attack a group as openly as sentences that are written for it. */
const POSITIVE_WEIGHTS: Partial<Record<HeadLabel, number>> = { identityAttack: 2 };

const LABELS = HEAD_LABELS.length;

export interface HeadTrainingOptions {
  readonly seed: number;
  readonly embed: (text: string) => Float32Array;
  /** Scores of the n-gram model. */
  readonly scoreByNgrams: (text: string) => ScoreMap;
  readonly onProgress?: (line: string) => void;
}

interface TrainingSet {
  /** `[rows, DIMENSIONS]`, scaled. */
  readonly inputs: Float32Array;
  /** `[rows, LABELS]`; the weight of an unknown label is 0. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/**
 * @param rows comments with labels
 * @param own generated sentences
 * @param valid comments that are in neither, for the calibration of the combined logits
 */
export function trainAbuseHead(
  rows: readonly Row[],
  own: readonly SyntheticSentence[],
  valid: readonly Row[],
  options: HeadTrainingOptions,
): AbuseHeadWeights {
  const random = randomFrom(options.seed);
  const set = trainingSet(rows, own, random, options);
  const layers = fitLayers(set, random, options.onProgress);
  return { ...layers, blends: fitBlends(layers, valid, options) };
}

function trainingSet(
  rows: readonly Row[],
  own: readonly SyntheticSentence[],
  random: () => number,
  { embed, onProgress }: HeadTrainingOptions,
): TrainingSet {
  const all: readonly (Row | SyntheticSentence)[] = [...rows, ...own];
  const chosen = chooseRows(all, random);
  const inputs = new Float32Array(chosen.length * DIMENSIONS);
  const targets = new Float32Array(chosen.length * LABELS);
  const weights = new Float32Array(chosen.length * LABELS);
  chosen.forEach((index, at) => {
    const row = all[index];
    embed(textForEncoder(row.text) ?? '').forEach(
      (x, dimension) => (inputs[at * DIMENSIONS + dimension] = x * INPUT_SCALE),
    );
    HEAD_LABELS.forEach((label, column) => {
      const target = targetFor(row, label, index);
      if (!target) return;
      targets[at * LABELS + column] = target.degree;
      weights[at * LABELS + column] = target.weight;
    });
    if (at % 5_000 === 0) onProgress?.(`encoded ${at} of ${chosen.length} texts`);
  });
  return { inputs, targets, weights };
}

function targetFor(row: Row | SyntheticSentence, label: HeadLabel, index: number): Target | null {
  if (!('template' in row)) return targetOf(row, label, index);
  const degree = row.labels[label];
  return degree === undefined ? null : { degree, weight: row.weight * OWN_WEIGHT };
}

/** At most `MAX_ROWS_PER_SOURCE` of each source, in random order. */
function chooseRows(rows: readonly Row[], random: () => number): number[] {
  const order = Int32Array.from(rows.keys());
  shuffle(order, random);
  const counts = new Map<string, number>();
  return [...order].filter((index) => {
    const count = (counts.get(rows[index].source) ?? 0) + 1;
    counts.set(rows[index].source, count);
    return count <= MAX_ROWS_PER_SOURCE;
  });
}

/** A pair of independent normal random numbers by Box and Muller; only the first is used. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** One array of weights with the state of Adam. */
class Parameters {
  readonly gradients: Float32Array;
  private readonly means: Float32Array;
  private readonly squares: Float32Array;

  constructor(
    readonly values: Float32Array,
    private readonly decay: number,
  ) {
    this.gradients = new Float32Array(values.length);
    this.means = new Float32Array(values.length);
    this.squares = new Float32Array(values.length);
  }

  step(rate: number, time: number): void {
    const { values, gradients, means, squares, decay } = this;
    const meanScale = 1 / (1 - 0.9 ** time);
    const squareScale = 1 / (1 - 0.999 ** time);
    for (let i = 0; i < values.length; i++) {
      const gradient = gradients[i] + decay * values[i];
      means[i] = 0.9 * means[i] + 0.1 * gradient;
      squares[i] = 0.999 * squares[i] + 0.001 * gradient * gradient;
      values[i] -= (rate * means[i] * meanScale) / (Math.sqrt(squares[i] * squareScale) + 1e-8);
      gradients[i] = 0;
    }
  }
}

function fitLayers(
  { inputs, targets, weights }: TrainingSet,
  random: () => number,
  onProgress?: (line: string) => void,
): Omit<AbuseHeadWeights, 'blends'> {
  const initial = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => normal(random) * scale);
  const hiddenWeights = new Parameters(
    initial(DIMENSIONS * HIDDEN, INITIAL_SCALE / Math.sqrt(DIMENSIONS)),
    WEIGHT_DECAY,
  );
  const hiddenBias = new Parameters(new Float32Array(HIDDEN), 0);
  const outputWeights = new Parameters(initial(HIDDEN * LABELS, 1 / Math.sqrt(HIDDEN)), WEIGHT_DECAY);
  const outputBias = new Parameters(new Float32Array(LABELS), 0);
  const rows = inputs.length / DIMENSIONS;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const steps = EPOCHS * Math.floor(rows / BATCH);
  const hidden = new Float32Array(HIDDEN);
  const back = new Float32Array(HIDDEN);
  let time = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (let from = 0; from + BATCH <= rows; from += BATCH) {
      time++;
      for (let i = from; i < from + BATCH; i++) addGradients(order[i]);
      const rate = LEARNING_RATE * 0.5 * (1 + Math.cos((Math.PI * time) / steps));
      for (const parameters of [hiddenWeights, hiddenBias, outputWeights, outputBias])
        parameters.step(rate, time);
    }
    onProgress?.(`epoch ${epoch + 1} of ${EPOCHS}`);
  }
  return {
    hiddenWeights: hiddenWeights.values,
    hiddenBias: hiddenBias.values,
    outputWeights: outputWeights.values,
    outputBias: outputBias.values,
  };

  function addGradients(row: number): void {
    const input = row * DIMENSIONS;
    hidden.set(hiddenBias.values);
    for (let d = 0; d < DIMENSIONS; d++) {
      const x = inputs[input + d];
      const at = d * HIDDEN;
      for (let unit = 0; unit < HIDDEN; unit++) hidden[unit] += x * hiddenWeights.values[at + unit];
    }
    for (let unit = 0; unit < HIDDEN; unit++)
      hidden[unit] = hidden[unit] > 0 && random() >= DROPOUT ? hidden[unit] / (1 - DROPOUT) : 0;
    back.fill(0);
    for (let label = 0; label < LABELS; label++) {
      const weight = weights[row * LABELS + label];
      if (weight === 0) continue;
      let sum = outputBias.values[label];
      for (let unit = 0; unit < HIDDEN; unit++)
        sum += hidden[unit] * outputWeights.values[unit * LABELS + label];
      const error = ((sigmoid(sum) - targets[row * LABELS + label]) * weight) / BATCH;
      outputBias.gradients[label] += error;
      for (let unit = 0; unit < HIDDEN; unit++) {
        if (hidden[unit] === 0) continue;
        outputWeights.gradients[unit * LABELS + label] += error * hidden[unit];
        back[unit] += (error * outputWeights.values[unit * LABELS + label]) / (1 - DROPOUT);
      }
    }
    for (let unit = 0; unit < HIDDEN; unit++) hiddenBias.gradients[unit] += back[unit];
    for (let d = 0; d < DIMENSIONS; d++) {
      const x = inputs[input + d];
      const at = d * HIDDEN;
      for (let unit = 0; unit < HIDDEN; unit++) hiddenWeights.gradients[at + unit] += x * back[unit];
    }
  }
}

/** Fits slope and offset of each label's combined logit on comments that were not trained on. */
function fitBlends(
  layers: Omit<AbuseHeadWeights, 'blends'>,
  valid: readonly Row[],
  { embed, scoreByNgrams, onProgress }: HeadTrainingOptions,
): Blend[] {
  const head = new AbuseHead({ ...layers, blends: [] });
  const logits = valid.map(({ text }) => head.logits(embed(textForEncoder(text) ?? '')));
  const sums = valid.map(({ text }, row) => {
    const scores = scoreByNgrams(text);
    return HEAD_LABELS.map((label, at) => logit(scores[label]?.value ?? 0) + HEAD_WEIGHT * logits[row][at]);
  });
  return HEAD_LABELS.map((label, at) => {
    const known = valid.flatMap(({ labels }, row) => (labels[label] === undefined ? [] : [row]));
    const { slope, offset } = calibrate(
      known.map((row) => sums[row][at]),
      known.map((row) => valid[row].labels[label]! >= 0.5),
      known.map((row) => (valid[row].labels[label]! >= 0.5 ? (POSITIVE_WEIGHTS[label] ?? 1) : 1)),
    );
    onProgress?.(
      `${label}: slope ${slope.toFixed(3)}, offset ${offset.toFixed(3)}, ${known.length} comments`,
    );
    const mean = logits.reduce((sum, row) => sum + row[at], 0) / logits.length;
    return { weight: HEAD_WEIGHT, slope, offset, mean };
  });
}
