import type { LabelHead } from '../model/model-file.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { LANGUAGE_BUCKETS } from './language-features.js';

/*
 * The file of a language's model: eight letters, the length of the header (32 bits, little-endian), the header (JSON),
 * then one signed byte per bucket and label, words before letters, with the labels of a bucket adjacent.
 */
const MAGIC = 'PBHEAD01';

export interface LanguageModelHeader {
  readonly version: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly labels: readonly ModelLabel[];
  /** In the order of `labels`. */
  readonly heads: readonly LabelHead[];
  readonly training: {
    readonly seed: number;
    readonly rows: number;
    readonly sources: readonly string[];
    /** Area under the ROC curve of each label: on texts of the same sources, and on each source left out. */
    readonly rocAuc: Partial<
      Record<
        ModelLabel,
        { readonly inSource: number | null; readonly leftOut: Record<string, number | null> }
      >
    >;
  };
}

/** The model of one language. */
export interface LanguageModel {
  readonly header: LanguageModelHeader;
  /** `[bucket * labels + label]`, as the bytes of the file; see `stepsOf`. */
  readonly weights: Int8Array;
}

export function encodeLanguageModel({ header, weights }: LanguageModel): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = MAGIC.length + 4 + json.length;
  const bytes = new Uint8Array(start + weights.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true);
  bytes.set(json, MAGIC.length + 4);
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), start);
  return bytes;
}

/**
 * @param bytes a whole file; the weights remain a view of it
 * @throws {Error} if the file is not a language's model or is truncated
 */
export function decodeLanguageModel(bytes: Uint8Array): LanguageModel {
  const decoder = new TextDecoder();
  if (bytes.length < MAGIC.length + 4 || decoder.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('not a model of a language, or of another version');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = MAGIC.length + 4 + view.getUint32(MAGIC.length, true);
  if (start > bytes.length) throw new Error('the model file is cut off');
  const header = JSON.parse(decoder.decode(bytes.subarray(MAGIC.length + 4, start))) as LanguageModelHeader;
  if (!header.labels.every((label) => MODEL_LABELS.includes(label)))
    throw new Error('the model file has other labels');
  const length = 2 * LANGUAGE_BUCKETS * header.labels.length;
  if (bytes.length !== start + length) throw new Error('the model file is cut off');
  return { header, weights: new Int8Array(bytes.buffer, bytes.byteOffset + start, length) };
}
