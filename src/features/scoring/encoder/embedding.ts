import { DIMENSIONS } from './sentence-encoder.js';

/** The component with the largest absolute value becomes this or its negative. */
const LARGEST = 127;

/**
 * Rounds an embedding to signed bytes, relative to its largest component. The cosine with the original is about .9999.
 * Embeddings have length 1, so the length is not stored.
 */
export function toBytes(embedding: Float32Array): Buffer {
  let largest = 0;
  for (const value of embedding) largest = Math.max(largest, Math.abs(value));
  const bytes = Int8Array.from(embedding, (value) => Math.round((value * LARGEST) / (largest || 1)));
  return Buffer.from(bytes.buffer);
}

/**
 * Restores an embedding from `toBytes`, up to rounding, with length 1.
 *
 * @throws {Error} if there are not `DIMENSIONS` bytes
 */
export function fromBytes(stored: Uint8Array): Float32Array {
  if (stored.length !== DIMENSIONS)
    throw new Error(`an embedding has ${DIMENSIONS} bytes, not ${stored.length}`);
  const bytes = new Int8Array(stored.buffer, stored.byteOffset, DIMENSIONS);
  let squares = 0;
  for (const value of bytes) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(bytes, (value) => value / length);
}

/** The cosine of the angle between two embeddings: 1 for the same meaning, about 0 for unrelated texts. */
export function similarity(first: Float32Array, second: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += first[at] * second[at];
  return sum;
}
