import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { INPUT_SCALE } from '../encoder/layer.js';
import { decodeEncoderFile, encodeEncoderFile, type EncoderArray } from '../encoder/encoder-file.js';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { sigmoid, toValue } from '../scores.js';
import { phrasesOf, WORDING_FEATURES, wordingOf } from './text-features.js';

/** Length of the hidden units' input: the embedding, then the wording features. */
export const INPUT_COUNT = DIMENSIONS + WORDING_FEATURES;
/** Multiplies the wording features, as `INPUT_SCALE` does the embedding. */
const WORDING_SCALE = 2;
/** Weight of the phrases relative to the hidden units, both in units of their standard deviation. */
const PHRASES_WEIGHT = 0.5;

/**
 * Weight of `byLength` in the predicted rating. People rate longer arguments a little higher; with this weight the
 * prediction correlates with length about as much as their ratings do.
 */
export const LENGTH_WEIGHT = 2.3;

/** `sigmoid(slope * cosine + offset)` is the probability that a text is about another one. */
export interface Closeness {
  readonly slope: number;
  readonly offset: number;
}

/**
 * A piecewise linear function of a text's length, constant outside the knots. `knots` are natural logarithms of lengths
 * in UTF-16 units; `values` are the function's values there.
 */
export interface LengthCurve {
  readonly knots: Float32Array;
  readonly values: Float32Array;
}

export interface QualityHeadWeights {
  /** `[INPUT_COUNT, hidden]`, row by row, in multiples of the column's `hiddenSteps`. */
  readonly hiddenWeights: Int8Array;
  readonly hiddenSteps: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly outputWeights: Float32Array;
  readonly phrases: readonly string[];
  readonly phraseWeights: Int8Array;
  /** Mean rank of the ratings by length; ranks go from 0 to 1 and their mean is .5. */
  readonly byLength: LengthCurve;
  /**
   * Means and standard deviations over texts that were not trained on: of the hidden units' output, of the phrases'
   * output, of `sum`, and of `sum` with the length added (`rating`).
   */
  readonly scales: Scales;
  readonly title: Closeness;
  readonly parent: Closeness;
}

const SCALES = [
  'hiddenMean',
  'hiddenSd',
  'phrasesMean',
  'phrasesSd',
  'mean',
  'sd',
  'ratingMean',
  'ratingSd',
] as const;
export type Scales = Record<(typeof SCALES)[number], number>;
/** `sigmoid(NORMAL_SLOPE * z)` is close to the cumulative normal distribution at `z`. */
const NORMAL_SLOPE = 1.702;
/** About the share of a normal distribution below `z`. */
export const normalShare = (z: number): number => sigmoid(NORMAL_SLOPE * z);
/**
 * Mean and standard deviation of comments' standardised `sum`, measured on 700 comments of news sites (Civil Comments,
 * training part) that few raters found toxic. `mean` is for comments of `meanLength` UTF-16 units; it grows by
 * `perLogLength` with the natural logarithm of the length.
 */
const COMMENTS = { mean: -2.4, sd: 1.22, meanLength: 160, perLogLength: 0.17 };
const FILE = new URL('./quality-head.bin', import.meta.url);
let version: string | undefined;

/** The scaled inputs of the hidden units. */
export function inputsOf(text: string, embedding: Float32Array): Float32Array {
  const inputs = new Float32Array(INPUT_COUNT);
  for (let at = 0; at < DIMENSIONS; at++) inputs[at] = embedding[at] * INPUT_SCALE;
  wordingOf(text).forEach((value, at) => (inputs[DIMENSIONS + at] = value * WORDING_SCALE));
  return inputs;
}

/** The two knots on either side of a length, each with its weight for linear interpolation. The weights add up to 1. */
export function knotWeights(
  knots: Float32Array,
  length: number,
): readonly (readonly [knot: number, weight: number])[] {
  const x = Math.min(knots[knots.length - 1], Math.max(knots[0], Math.log(Math.max(1, length))));
  const right = Math.max(
    1,
    knots.findIndex((knot) => knot >= x),
  );
  const weight = (x - knots[right - 1]) / (knots[right] - knots[right - 1] || 1);
  return [
    [right - 1, 1 - weight],
    [right, weight],
  ];
}

export const valueAtLength = ({ knots, values }: LengthCurve, length: number): number =>
  knotWeights(knots, length).reduce((sum, [knot, weight]) => sum + weight * values[knot], 0);

const meanOfComments = (length: number): number =>
  COMMENTS.mean + COMMENTS.perLogLength * Math.log(Math.max(1, length) / COMMENTS.meanLength);

const forItsLength = (z: number, text: string): number => (z - meanOfComments(text.length)) / COMMENTS.sd;

const cosine = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += a[at] * b[at];
  return sum;
};

/** Scores how well a text argues and whether it is about another text, from its embedding. */
export class QualityHead {
  private readonly phrases: ReadonlyMap<string, number>;

  constructor(private readonly weights: QualityHeadWeights) {
    this.phrases = new Map(weights.phrases.map((phrase, at) => [phrase, weights.phraseWeights[at]]));
  }

  /** Tells whether what was trained beside the shipped head still fits it. */
  static version(): string {
    version ??= createHash('sha256').update(readFileSync(FILE)).digest('hex').slice(0, 16);
    return version;
  }

  /** The shipped head. @throws {Error} if the file is missing or damaged */
  static load(): QualityHead {
    const { arrays, pieces } = decodeEncoderFile(readFileSync(FILE));
    const array = <T extends EncoderArray>(name: string, type: new (length: number) => T): T => {
      const found = arrays.get(name);
      if (!(found instanceof type)) throw new Error(`the quality head has no ${name}`);
      return found;
    };
    const [title, parent] = [0, 2].map((at) => {
      const [slope, offset] = array('closeness', Float32Array).subarray(at);
      return { slope, offset };
    });
    const scales = array('scales', Float32Array);
    return new QualityHead({
      hiddenWeights: array('hiddenWeights', Int8Array),
      hiddenSteps: array('hiddenSteps', Float32Array),
      hiddenBias: array('hiddenBias', Float32Array),
      outputWeights: array('outputWeights', Float32Array),
      phrases: pieces,
      phraseWeights: array('phraseWeights', Int8Array),
      scales: Object.fromEntries(SCALES.map((name, at) => [name, scales[at]])) as Scales,
      byLength: { knots: array('lengthKnots', Float32Array), values: array('lengthValues', Float32Array) },
      title,
      parent,
    });
  }

  static encode(weights: QualityHeadWeights): Uint8Array {
    const { title, parent } = weights;
    return encodeEncoderFile({
      source: { model: 'Postbag quality head', package: 'postbag', license: 'Apache-2.0' },
      pieces: weights.phrases,
      arrays: new Map<string, EncoderArray>([
        ['hiddenWeights', weights.hiddenWeights],
        ['hiddenSteps', weights.hiddenSteps],
        ['hiddenBias', weights.hiddenBias],
        ['outputWeights', weights.outputWeights],
        ['phraseWeights', weights.phraseWeights],
        ['lengthKnots', weights.byLength.knots],
        ['lengthValues', weights.byLength.values],
        ['scales', Float32Array.from(SCALES, (name) => weights.scales[name])],
        ['closeness', Float32Array.of(title.slope, title.offset, parent.slope, parent.offset)],
      ]),
    });
  }

  /** The outputs of the hidden units and of the phrases, before they are standardised. */
  parts(text: string, embedding: Float32Array): { hidden: number; phrases: number } {
    const { hiddenWeights, hiddenSteps, hiddenBias, outputWeights } = this.weights;
    const width = hiddenBias.length;
    const sums = new Float64Array(width);
    inputsOf(text, embedding).forEach((x, row) => {
      if (x === 0) return;
      for (let unit = 0; unit < width; unit++) sums[unit] += x * hiddenWeights[row * width + unit];
    });
    let hidden = 0;
    for (let unit = 0; unit < width; unit++)
      hidden += Math.max(0, sums[unit] * hiddenSteps[unit] + hiddenBias[unit]) * outputWeights[unit];
    let found = 0;
    let phrases = 0;
    for (const phrase of phrasesOf(text)) {
      const weight = this.phrases.get(phrase);
      if (weight === undefined) continue;
      found++;
      phrases += weight;
    }
    return { hidden, phrases: phrases / Math.sqrt(Math.max(1, found)) };
  }

  /**
   * How well a text argues.
   *
   * @returns two values from 0 to 1. `rating` predicts how people would rate it as an argument, which depends a little
   *   on its length: about the share of the validation arguments that rate lower. `forItsLength` compares it with
   *   comments of the same length: about the share of them that score lower
   */
  argumentQuality(text: string, embedding: Float32Array): { rating: number; forItsLength: number } {
    const { ratingMean, ratingSd } = this.weights.scales;
    const z = this.standardised(text, embedding);
    const withLength = z + LENGTH_WEIGHT * valueAtLength(this.weights.byLength, text.length);
    return {
      rating: toValue(normalShare((withLength - ratingMean) / ratingSd)),
      forItsLength: toValue(normalShare(forItsLength(z, text))),
    };
  }

  /** How many standard deviations a text argues better than comments of the same length do on average. */
  compareWithLength(text: string, embedding: Float32Array): number {
    return forItsLength(this.standardised(text, embedding), text);
  }

  private standardised(text: string, embedding: Float32Array): number {
    const { mean, sd } = this.weights.scales;
    return (this.sum(text, embedding) - mean) / sd;
  }

  /** The weighted sum of both outputs, each in units of its standard deviation. */
  sum(text: string, embedding: Float32Array): number {
    const { hiddenMean, hiddenSd, phrasesMean, phrasesSd } = this.weights.scales;
    const { hidden, phrases } = this.parts(text, embedding);
    return (hidden - hiddenMean) / hiddenSd + (PHRASES_WEIGHT * (phrases - phrasesMean)) / phrasesSd;
  }

  /**
   * The probability that a comment is about its story or about the comment that it replies to, whichever is higher.
   *
   * @param title embedding of the story's title; null if there is none
   * @returns null if there is neither a title nor a parent
   */
  onTopic(embedding: Float32Array, title: Float32Array | null, parent: Float32Array | null): number | null {
    const candidates = [
      [title, this.weights.title],
      [parent, this.weights.parent],
    ] as const;
    const probabilities = candidates.flatMap(([other, { slope, offset }]) =>
      other ? [sigmoid(slope * cosine(embedding, other) + offset)] : [],
    );
    return probabilities.length === 0 ? null : toValue(Math.max(...probabilities));
  }
}
