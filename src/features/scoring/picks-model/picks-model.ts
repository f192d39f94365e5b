import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { normalShare } from '../quality/quality-head.js';
import { WORDING_FEATURES, wordingOf } from '../quality/text-features.js';
import { toValue } from '../scores.js';

// How far each kind of weight can move: all weights have the same penalty, so a larger feature needs a smaller weight.
const EMBEDDING_SIZE = 0.8;
const WORDING_SIZE = 0.4;
const SHIPPED_SIZE = 0.5;
const CONSTANT_SIZE = 2;
/** The logit of a pick grows by this with the shipped head's comparison, before anything is learned. */
const SHIPPED_SLOPE = 0.5;

/** The embedding, the wording, the shipped head's comparison and the constant. */
const FEATURES = DIMENSIONS + WORDING_FEATURES + 2;

/** A comment as the model reads it. */
export interface PickText {
  readonly body: string;
  readonly embedding: Float32Array;
  /** The shipped head's comparison with comments of the same length, see `QualityHead.compareWithLength`. */
  readonly shipped: number;
}

/**
 * What the editors of one site pick: a difference to the shipped quality head. `mean`, `perLogLength` and `sd` describe
 * its sums over the site's comments that were not picked; the mean grows with the logarithm of the length.
 */
export interface PicksModel {
  readonly weights: Float64Array;
  readonly mean: number;
  readonly perLogLength: number;
  readonly sd: number;
}

export const pickFeatures = ({ body, embedding, shipped }: PickText): Float64Array =>
  Float64Array.of(
    ...Array.from(embedding, (value) => value * EMBEDDING_SIZE),
    ...wordingOf(body).map((value) => value * WORDING_SIZE),
    shipped * SHIPPED_SIZE,
    CONSTANT_SIZE,
  );

/** The logit by the shipped head alone. */
export const shippedLogit = (shipped: number): number => SHIPPED_SLOPE * shipped;

export function weightedSum(weights: Float64Array, features: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += weights[at] * features[at];
  return sum;
}

/** @returns about the share of the site's comments of the same length that are less like its picks, 0 to 1 */
export function shareBelow({ weights, mean, perLogLength, sd }: PicksModel, text: PickText): number {
  const sum = shippedLogit(text.shipped) + weightedSum(weights, pickFeatures(text));
  return toValue(normalShare((sum - mean - perLogLength * logLength(text.body)) / sd));
}

/** The natural logarithm of a text's length in UTF-16 units. */
export const logLength = (body: string): number => Math.log(Math.max(1, body.length));

export const newWeights = (): Float64Array => new Float64Array(FEATURES);

/** Format: 32-bit floats, the weights followed by `mean`, `perLogLength` and `sd`. */
export function encodePicksModel({ weights, mean, perLogLength, sd }: PicksModel): Buffer {
  const numbers = Float32Array.of(...weights, mean, perLogLength, sd);
  return Buffer.from(numbers.buffer);
}

/** @throws {Error} if the bytes are not a picks model */
export function decodePicksModel(bytes: Uint8Array): PicksModel {
  // Copied because typed arrays must be aligned to four bytes.
  const copy = new Uint8Array(bytes).buffer;
  if (copy.byteLength !== 4 * (FEATURES + 3)) throw new Error('not a picks model');
  const numbers = Float64Array.from(new Float32Array(copy));
  if (!numbers.every(Number.isFinite)) throw new Error('the picks model is damaged');
  const [mean, perLogLength, sd] = numbers.subarray(FEATURES);
  return { weights: numbers.slice(0, FEATURES), mean, perLogLength, sd };
}
