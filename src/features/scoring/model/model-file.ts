import { CLAUSE_FEATURES } from './clauses.js';
import { MODEL_LABELS, type ModelLabel } from './labels.js';
import { BUCKETS } from './ngrams.js';

/*
 * The file format: eight letters, the length of the header (32 bits, little-endian), the header (JSON, padded to four
 * bytes), a 32-bit float per clause feature and label, then one signed byte per bucket and label, with the labels of
 * a bucket adjacent.
 */
const MAGIC = 'PBMODEL3';
const LABELS = MODEL_LABELS.length;

/**
 * Decodes a byte of the file to a number of steps: its square with its sign. Most weights are small, and small
 * weights lose little precision this way.
 */
export const stepsOf = (byte: number): number => (byte < 0 ? -byte * byte : byte * byte);

/** Parameters of a label besides its weights. */
export interface LabelHead {
  /** The size of one step (see `stepsOf`) in the word buckets and in the letter buckets. */
  readonly wordStep: number;
  readonly letterStep: number;
  readonly constant: number;
  /** Platt scaling: the probability is `sigmoid(slope * sum + offset)`. */
  readonly slope: number;
  readonly offset: number;
}

export interface TrainingSummary {
  readonly seed: number;
  readonly rows: number;
  readonly ownSentences: number;
  /** Training texts per label, and how many of them have .5 or more. */
  readonly examples: Partial<Record<ModelLabel, { readonly rows: number; readonly positives: number }>>;
  /** Results on the validation file, with the weights as stored in the file. */
  validation: Partial<
    Record<
      ModelLabel,
      {
        readonly rocAuc: number | null;
        readonly averagePrecision: number | null;
        readonly ece: number;
        /** The share of lines scored within .01 of the score with weights that are not quantised. */
        readonly nearFloats: number;
      }
    >
  >;
  readonly sources: readonly string[];
}

export interface ModelHeader {
  readonly version: string;
  readonly labels: readonly string[];
  readonly heads: Record<ModelLabel, LabelHead>;
  readonly training: TrainingSummary;
}

export interface Model {
  readonly header: ModelHeader;
  /** `[feature * labels + label]`. */
  readonly clauses: Float32Array;
  /** `[bucket * labels + label]`, as the bytes of the file. */
  readonly weights: Int8Array;
}

export function encodeModel({ header, clauses, weights }: Model): Uint8Array {
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 4) * 4));
  const start = MAGIC.length + 4 + json.length;
  const bytes = new Uint8Array(start + clauses.byteLength + weights.byteLength);
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(MAGIC.length, json.length, true);
  bytes.set(json, MAGIC.length + 4);
  clauses.forEach((weight, index) => view.setFloat32(start + index * 4, weight, true));
  bytes.set(
    new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength),
    start + clauses.byteLength,
  );
  return bytes;
}

/**
 * @param bytes a whole model file; the weights remain a view of it
 * @throws {Error} if the file is not a model, is truncated, or was built for other features than this code has
 */
export function decodeModel(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  if (bytes.length < MAGIC.length + 4 || decoder.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('not a model file of this version');
  const length = view.getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4 + length;
  const clauses = new Float32Array(CLAUSE_FEATURES * LABELS);
  if (bytes.length !== start + clauses.byteLength + BUCKETS * LABELS)
    throw new Error('the model file is cut off, or was trained for other features');
  const header = JSON.parse(decoder.decode(bytes.subarray(MAGIC.length + 4, start))) as ModelHeader;
  if (header.labels.join() !== MODEL_LABELS.join()) throw new Error('the model file has other labels');
  for (let i = 0; i < clauses.length; i++) clauses[i] = view.getFloat32(start + i * 4, true);
  return {
    header,
    clauses,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + start + clauses.byteLength, BUCKETS * LABELS),
  };
}
