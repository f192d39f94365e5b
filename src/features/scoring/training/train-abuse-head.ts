import {
  AbuseHead,
  HEAD_LABELS,
  textForEncoder,
  type AbuseHeadWeights,
  type Blend,
  type HeadLabel,
} from '../encoder/abuse-head.js';
import { INPUT_SCALE } from '../encoder/layer.js';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { logit, type ScoreMap } from '../scores.js';
import { calibrate } from './calibration.js';
import type { Row } from './dataset.js';
import { fitHiddenLayer, type HiddenLayer, type LayerTrainingSet } from './hidden-layer.js';
import { randomFrom, shuffle } from './random.js';
import type { SyntheticSentence } from './synthetic-sentences.js';
import { targetOf, type Target } from './targets.js';

/*
 * Trains the hidden layer on the frozen sentence encoder, then fits how each label's logit is combined with that of the
 * n-gram model.
 */

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
  const layers = fitHiddenLayer(set, random, options.onProgress);
  return { ...layers, blends: fitBlends(layers, valid, options) };
}

function trainingSet(
  rows: readonly Row[],
  own: readonly SyntheticSentence[],
  random: () => number,
  { embed, onProgress }: HeadTrainingOptions,
): LayerTrainingSet {
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
  return { width: DIMENSIONS, labels: LABELS, inputs, targets, weights };
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

/** Fits slope and offset of each label's combined logit on comments that were not trained on. */
function fitBlends(
  layers: HiddenLayer,
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
    const labelled = valid.flatMap(({ labels }, row) => (labels[label] === undefined ? [] : [row]));
    const { slope, offset } = calibrate(
      labelled.map((row) => sums[row][at]),
      labelled.map((row) => valid[row].labels[label]! >= 0.5),
      labelled.map((row) => (valid[row].labels[label]! >= 0.5 ? (POSITIVE_WEIGHTS[label] ?? 1) : 1)),
    );
    onProgress?.(
      `${label}: slope ${slope.toFixed(3)}, offset ${offset.toFixed(3)}, ${labelled.length} comments`,
    );
    const mean = logits.reduce((sum, row) => sum + row[at], 0) / logits.length;
    return { weight: HEAD_WEIGHT, slope, offset, mean };
  });
}
