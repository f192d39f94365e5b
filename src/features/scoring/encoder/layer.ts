import type { EncoderArray } from './encoder-file.js';
import { DIMENSIONS } from './sentence-encoder.js';

/* One hidden layer on the sentence encoder's vector, with a logistic output per label. */

/** Multiplies the embedding: its length is 1, so each of its 512 numbers is small. */
export const INPUT_SCALE = 8;

export interface LayerWeights {
  /** `[DIMENSIONS, hidden]`, row by row. */
  readonly hiddenWeights: Float32Array;
  readonly hiddenBias: Float32Array;
  /** `[hidden, labels]`, row by row. */
  readonly outputWeights: Float32Array;
  readonly outputBias: Float32Array;
}

const NAMES = ['hiddenWeights', 'hiddenBias', 'outputWeights', 'outputBias'] as const;

export function floatsOf(arrays: ReadonlyMap<string, EncoderArray>, name: string): Float32Array {
  const array = arrays.get(name);
  if (!(array instanceof Float32Array)) throw new Error(`the file has no ${name}`);
  return array;
}

/** @throws {Error} if an array is missing */
export const decodeLayer = (arrays: ReadonlyMap<string, EncoderArray>): LayerWeights =>
  Object.fromEntries(NAMES.map((name) => [name, floatsOf(arrays, name)])) as unknown as LayerWeights;

export const layerArrays = (weights: LayerWeights): [string, Float32Array][] =>
  NAMES.map((name) => [name, weights[name]]);

/** @returns the logit of each label */
export function layerLogits(
  { hiddenWeights, hiddenBias, outputWeights, outputBias }: LayerWeights,
  embedding: Float32Array,
): Float64Array {
  const hidden = Float32Array.from(hiddenBias);
  const width = hidden.length;
  for (let row = 0; row < DIMENSIONS; row++) {
    const x = embedding[row] * INPUT_SCALE;
    for (let unit = 0; unit < width; unit++) hidden[unit] += x * hiddenWeights[row * width + unit];
  }
  const logits = Float64Array.from(outputBias);
  for (let unit = 0; unit < width; unit++) {
    if (hidden[unit] <= 0) continue;
    for (let label = 0; label < logits.length; label++)
      logits[label] += hidden[unit] * outputWeights[unit * logits.length + label];
  }
  return logits;
}
