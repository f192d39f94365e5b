import { readFileSync } from 'node:fs';
import { INPUT_SCALE } from '../encoder/abuse-head.js';
import { decodeEncoderFile, encodeEncoderFile, type EncoderArray } from '../encoder/encoder-file.js';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { sigmoid, toValue } from '../scores.js';
import { phrasesOf, WORDING_FEATURES, wordingOf } from './text-features.js';

/** Numbers that the hidden units see: the embedding, and the wording. */
export const INPUTS = DIMENSIONS + WORDING_FEATURES;
const WORDING_SCALE = 2;
/** How much the phrases count beside the hidden units, both in units of their standard deviation. */
const PHRASES_WEIGHT = 0.5;

/**
 * People find longer arguments a little better, and so does the prediction of their rating: the curve of ratings by
 * length counts this much. The rating's correlation with the length is then about that of people.
 */
export const LENGTH_WEIGHT = 2.3;

/** `sigmoid(slope * cosine + offset)` is the probability that a text is about the other one. */
export interface Closeness {
  readonly slope: number;
  readonly offset: number;
}

/** A line with bends: `values` at the natural logarithms of lengths in `knots`, in UTF-16 units; level outside them. */
export interface LengthCurve {
  readonly knots: Float32Array;
  readonly values: Float32Array;
}

export interface QualityHeadWeights {
  /** `[INPUTS, hidden]`, row by row; each column has its own step. */
  readonly hiddenWeights: Int8Array;
  readonly hiddenSteps: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly outputWeights: Float32Array;
  readonly phrases: readonly string[];
  readonly phraseWeights: Int8Array;
  /** Of ratings, whose mean is .5. */
  readonly byLength: LengthCurve;
  /**
   * Means and standard deviations over texts that were not trained on: of the two parts, of their sum, and of the sum
   * with the length.
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
/** With it, `sigmoid` is close to the share of a normal distribution that lies below. */
const NORMAL_SLOPE = 1.702;
/**
 * What comments get on the scale of the arguments: measured on 700 comments of news sites (Civil Comments, training
 * part) that few raters found toxic. The logarithm of the length still says a little about it there.
 */
const COMMENTS = { mean: -2.4, sd: 1.22, meanLength: 160, perLogLength: 0.17 };
const FILE = new URL('./quality-head.bin', import.meta.url);

/** The inputs of the hidden units. */
export function inputsOf(text: string, embedding: Float32Array): Float32Array {
  const inputs = new Float32Array(INPUTS);
  for (let at = 0; at < DIMENSIONS; at++) inputs[at] = embedding[at] * INPUT_SCALE;
  wordingOf(text).forEach((value, at) => (inputs[DIMENSIONS + at] = value * WORDING_SCALE));
  return inputs;
}

/** The two knots next to a length, each with its share. */
export function sharesOfKnots(
  knots: Float32Array,
  length: number,
): readonly (readonly [knot: number, share: number])[] {
  const x = Math.min(knots[knots.length - 1], Math.max(knots[0], Math.log(Math.max(1, length))));
  const right = Math.max(
    1,
    knots.findIndex((knot) => knot >= x),
  );
  const share = (x - knots[right - 1]) / (knots[right] - knots[right - 1] || 1);
  return [
    [right - 1, 1 - share],
    [right, share],
  ];
}

export const valueAt = ({ knots, values }: LengthCurve, length: number): number =>
  sharesOfKnots(knots, length).reduce((sum, [knot, share]) => sum + share * values[knot], 0);

const meanOfComments = (length: number): number =>
  COMMENTS.mean + COMMENTS.perLogLength * Math.log(Math.max(1, length) / COMMENTS.meanLength);

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

  /** The hidden units' and the phrases' part, on scales of their own. */
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
   * @returns `rating` predicts how people rate it as an argument, who find longer ones a little better: about the share
   *   of the validation arguments that are worse. `forItsLength` compares it with comments of its length: about the
   *   share of them that are worse
   */
  argumentQuality(text: string, embedding: Float32Array): { rating: number; forItsLength: number } {
    const { mean, sd, ratingMean, ratingSd } = this.weights.scales;
    const z = (this.sum(text, embedding) - mean) / sd;
    const withLength = z + LENGTH_WEIGHT * valueAt(this.weights.byLength, text.length);
    return {
      rating: toValue(sigmoid((NORMAL_SLOPE * (withLength - ratingMean)) / ratingSd)),
      forItsLength: toValue(sigmoid((NORMAL_SLOPE * (z - meanOfComments(text.length))) / COMMENTS.sd)),
    };
  }

  /** The two parts together, each in units of its standard deviation. */
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
    const found = [
      [title, this.weights.title],
      [parent, this.weights.parent],
    ] as const;
    const probabilities = found.flatMap(([other, { slope, offset }]) =>
      other ? [sigmoid(slope * cosine(embedding, other) + offset)] : [],
    );
    return probabilities.length === 0 ? null : toValue(Math.max(...probabilities));
  }
}
