import { textForEncoder } from '../encoder/abuse-head.js';
import {
  inputsOf,
  INPUT_COUNT,
  LENGTH_WEIGHT,
  QualityHead,
  knotWeights,
  valueAtLength,
  type Closeness,
  type LengthCurve,
  type QualityHeadWeights,
  type Scales,
} from '../quality/quality-head.js';
import { phrasesOf } from '../quality/text-features.js';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { calibrate } from './calibration.js';
import type { Row } from './dataset.js';
import { fitHiddenLayer, type HiddenLayer } from './hidden-layer.js';
import { measure } from './metrics.js';
import { randomFrom, shuffle } from './random.js';
import { qualityAgreement } from './quality-agreement.js';
import { ranksOf } from './rank-correlation.js';

/*
 * Trains the quality head on arguments with a rating and a topic. The ratings are replaced by their ranks, and what the
 * length of an argument says about its rank is subtracted, so that the head does not learn to count words.
 */

/** Debate posts are ranked within their topic only, which says less than a rating. */
const POSTS_WEIGHT = 0.5;
const POSTS = 'ukp-convarg1';
/** A phrase is used if it occurs in this many arguments and topics. One in few topics would identify the topic. */
const MIN_ARGUMENTS = 12;
const MIN_TOPICS = 6;
const PHRASE_PENALTY = 9;
const PHRASE_ROUNDS = 30;
const LARGEST_BYTE = 127;
/** Quantiles of the lengths at which the curve of ratings by length has its knots. */
const KNOTS = [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99];

const NO_SCALES: Scales = {
  hiddenMean: 0,
  hiddenSd: 1,
  phrasesMean: 0,
  phrasesSd: 1,
  mean: 0,
  sd: 1,
  ratingMean: 0,
  ratingSd: 1,
};

export interface QualityTrainingOptions {
  readonly seed: number;
  readonly embed: (text: string) => Float32Array;
  readonly onProgress?: (line: string) => void;
}

interface Argument {
  readonly text: string;
  readonly topic: string;
  readonly quality: number;
  readonly weight: number;
  readonly embedding: Float32Array;
}

/**
 * @param rows arguments with `argumentQuality` and `topic`; the others are ignored
 * @param valid arguments about other topics, for scales and figures
 */
export function trainQualityHead(
  rows: readonly Row[],
  valid: readonly Row[],
  { seed, embed, onProgress }: QualityTrainingOptions,
): QualityHeadWeights {
  const [train, validation] = [rows, valid].map((given) => argumentsOf(given, embed, onProgress));
  const ranks = relativeRanks(train);
  const byLength = curveByLength(
    train.map(({ text }) => text.length),
    ranks,
  );
  const targets = ranks.map((rank, at) =>
    Math.min(1, Math.max(0, rank - valueAtLength(byLength, train[at].text.length) + 0.5)),
  );
  const layer = fitHiddenLayer(
    {
      width: INPUT_COUNT,
      labels: 1,
      inputs: joined(train.map(({ text, embedding }) => inputsOf(text, embedding))),
      targets: Float32Array.from(targets),
      weights: Float32Array.from(train, ({ weight }) => weight),
    },
    randomFrom(seed),
    onProgress,
  );
  const pairs = [train, validation].map((list) => topicPairs(list, embed, randomFrom(seed)));
  const weights: QualityHeadWeights = {
    ...toSignedBytes(layer),
    ...fitPhrases(train, targets),
    byLength,
    scales: NO_SCALES,
    title: fitCloseness(pairs[0].title),
    parent: fitCloseness(pairs[0].parent),
  };
  const trained = { ...weights, scales: fitScales(weights, validation) };
  report(new QualityHead(trained), validation, onProgress);
  for (const kind of ['title', 'parent'] as const) {
    const { cosines, isPair } = pairs[1][kind];
    onProgress?.(`onTopic, ${kind}: ROC-AUC ${measure(toUnitRange(cosines), isPair).rocAuc!.toFixed(3)}`);
  }
  return trained;
}

function argumentsOf(
  rows: readonly Row[],
  embed: (text: string) => Float32Array,
  onProgress?: (line: string) => void,
): Argument[] {
  const usable = rows.flatMap(({ text, topic, argumentQuality: quality, source }) =>
    topic === undefined || quality === undefined
      ? []
      : [{ text, topic, quality, weight: source === POSTS ? POSTS_WEIGHT : 1 }],
  );
  if (usable.length === 0) throw new Error('no row has "argumentQuality" among its labels and a "topic"');
  return usable.map((argument, at) => {
    if (at % 5_000 === 0) onProgress?.(`encoded ${at} of ${usable.length} arguments`);
    return { ...argument, embedding: embed(textForEncoder(argument.text) ?? '') };
  });
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.length * INPUT_COUNT);
  rows.forEach((row, at) => all.set(row, at * INPUT_COUNT));
  return all;
}

/** Ranks of the ratings from 0 to 1, with a mean of .5. */
const relativeRanks = (list: readonly Argument[]): number[] =>
  ranksOf(list.map(({ quality }) => quality)).map((rank) => rank / list.length);

/** Fits the curve: at each knot the mean of the values near it, by interpolation weight. */
function curveByLength(lengths: readonly number[], values: readonly number[]): LengthCurve {
  const sorted = [...lengths].sort((a, b) => a - b);
  const knots = Float32Array.from(KNOTS, (share) =>
    Math.log(sorted[Math.floor(share * (sorted.length - 1))]),
  );
  const sums = KNOTS.map(() => ({ value: 0, weight: 0 }));
  lengths.forEach((length, at) => {
    for (const [knot, weight] of knotWeights(knots, length)) {
      sums[knot].value += weight * values[at];
      sums[knot].weight += weight;
    }
  });
  return { knots, values: Float32Array.from(sums, ({ value, weight }) => value / weight) };
}

/** Quantises the hidden weights to signed bytes. Omits the output's bias because scores are relative. */
function toSignedBytes(
  layer: HiddenLayer,
): Pick<QualityHeadWeights, 'hiddenWeights' | 'hiddenSteps' | 'hiddenBias' | 'outputWeights'> {
  const { hiddenBias, outputWeights } = layer;
  const width = hiddenBias.length;
  const hiddenSteps = Float32Array.from(hiddenBias, (_, unit) => {
    let largest = 0;
    for (let row = 0; row < INPUT_COUNT; row++)
      largest = Math.max(largest, Math.abs(layer.hiddenWeights[row * width + unit]));
    return largest / LARGEST_BYTE || 1;
  });
  const hiddenWeights = Int8Array.from(layer.hiddenWeights, (weight, at) =>
    Math.round(weight / hiddenSteps[at % width]),
  );
  return { hiddenWeights, hiddenSteps, hiddenBias, outputWeights };
}

/** A ridge regression on the phrases, by coordinate descent. */
function fitPhrases(
  list: readonly Argument[],
  targets: readonly number[],
): Pick<QualityHeadWeights, 'phrases' | 'phraseWeights'> {
  const found = list.map(({ text }) => [...phrasesOf(text)]);
  const occurrences = new Map<string, { arguments: number; topics: Set<string> }>();
  found.forEach((phrases, at) => {
    for (const phrase of phrases) {
      const counts = occurrences.get(phrase) ?? { arguments: 0, topics: new Set() };
      counts.arguments++;
      counts.topics.add(list[at].topic);
      occurrences.set(phrase, counts);
    }
  });
  const phrases = [...occurrences]
    .filter(([, counts]) => counts.arguments >= MIN_ARGUMENTS && counts.topics.size >= MIN_TOPICS)
    .map(([phrase]) => phrase)
    .sort();
  const index = new Map(phrases.map((phrase, at) => [phrase, at]));
  const columns = phrases.map(() => [] as { readonly row: number; readonly value: number }[]);
  found.forEach((all, row) => {
    const columnsOfRow = all.flatMap((phrase) => index.get(phrase) ?? []);
    for (const at of columnsOfRow) columns[at].push({ row, value: 1 / Math.sqrt(columnsOfRow.length) });
  });
  const residuals = targets.map((target) => target - 0.5);
  const weights = new Float64Array(phrases.length);
  for (let round = 0; round < PHRASE_ROUNDS; round++) {
    columns.forEach((column, at) => {
      let [gradient, squares] = [0, PHRASE_PENALTY];
      for (const { row, value } of column) {
        gradient += list[row].weight * value * residuals[row];
        squares += list[row].weight * value * value;
      }
      const change = (gradient - PHRASE_PENALTY * weights[at]) / squares;
      weights[at] += change;
      for (const { row, value } of column) residuals[row] -= change * value;
    });
  }
  const step = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) / LARGEST_BYTE;
  return { phrases, phraseWeights: Int8Array.from(weights, (weight) => Math.round(weight / step)) };
}

function moments(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sd: Math.sqrt(variance) };
}

/** Each scale is measured with the previous ones applied. */
function fitScales(weights: QualityHeadWeights, validation: readonly Argument[]): Scales {
  const unscaled = new QualityHead(weights);
  const parts = validation.map(({ text, embedding }) => unscaled.parts(text, embedding));
  const hidden = moments(parts.map((part) => part.hidden));
  const phrases = moments(parts.map((part) => part.phrases));
  const scales: Scales = {
    ...NO_SCALES,
    hiddenMean: hidden.mean,
    hiddenSd: hidden.sd,
    phrasesMean: phrases.mean,
    phrasesSd: phrases.sd,
  };
  const head = new QualityHead({ ...weights, scales });
  const sums = validation.map(({ text, embedding }) => head.sum(text, embedding));
  const sum = moments(sums);
  const rating = moments(
    sums.map(
      (each, at) =>
        (each - sum.mean) / sum.sd +
        LENGTH_WEIGHT * valueAtLength(weights.byLength, validation[at].text.length),
    ),
  );
  return { ...scales, ...sum, ratingMean: rating.mean, ratingSd: rating.sd };
}

interface Pairs {
  readonly cosines: number[];
  readonly isPair: boolean[];
}

/**
 * Pairs of embeddings for both kinds of closeness. `title`: each argument with its own topic and with another topic.
 * `parent`: each argument with one about the same topic and with one about another.
 */
function topicPairs(
  list: readonly Argument[],
  embed: (text: string) => Float32Array,
  random: () => number,
): Record<'title' | 'parent', Pairs> {
  const topics = [...new Set(list.map(({ topic }) => topic))];
  const titles = new Map(topics.map((topic) => [topic, embed(textForEncoder(topic) ?? '')]));
  const byTopic = new Map(topics.map((topic) => [topic, list.filter((each) => each.topic === topic)]));
  const pairs: Record<'title' | 'parent', Pairs> = {
    title: { cosines: [], isPair: [] },
    parent: { cosines: [], isPair: [] },
  };
  const add = ({ cosines, isPair }: Pairs, a: Float32Array, b: Float32Array, same: boolean): void => {
    let sum = 0;
    for (let at = 0; at < DIMENSIONS; at++) sum += a[at] * b[at];
    cosines.push(sum);
    isPair.push(same);
  };
  const pickRandom = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const order = Int32Array.from(list.keys());
  shuffle(order, random);
  for (const at of order) {
    const { topic, text, embedding } = list[at];
    const others = topics.filter((other) => other !== topic);
    const other = pickRandom(others);
    add(pairs.title, embedding, titles.get(topic)!, true);
    add(pairs.title, embedding, titles.get(other)!, false);
    const peer = pickRandom(byTopic.get(topic)!);
    if (peer.text !== text) add(pairs.parent, embedding, peer.embedding, true);
    add(pairs.parent, embedding, pickRandom(byTopic.get(other)!).embedding, false);
  }
  return pairs;
}

/** From -1…1 to 0…1, as `measure` expects. */
const toUnitRange = (cosines: readonly number[]): number[] => cosines.map((cosine) => (cosine + 1) / 2);

const fitCloseness = ({ cosines, isPair }: Pairs): Closeness => calibrate(cosines, isPair);

/** Prints the agreement with people, over all arguments and within fifths of similar length. */
function report(
  head: QualityHead,
  validation: readonly Argument[],
  onProgress?: (line: string) => void,
): void {
  onProgress?.(`argumentQuality on ${validation.length} arguments about other topics`);
  const { rating, forItsLength, lengthAlone } = qualityAgreement(head, validation);
  for (const [name, agreement] of [
    ['rating', rating],
    ['for its length', forItsLength],
    ['length alone', lengthAlone],
  ] as const) {
    const within = agreement.withinFifths.map((value) => value.toFixed(3)).join(' ');
    onProgress?.(
      `  ${name}: Spearman ${agreement.all.toFixed(3)}, within fifths of length ${within}, with the length ${agreement.withLength.toFixed(3)}`,
    );
  }
}
