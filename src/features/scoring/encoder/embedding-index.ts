import { readFileSync } from 'node:fs';
import { DIMENSIONS } from './sentence-encoder.js';

interface SearchKernels {
  dots(vector: number, rows: number, count: number, out: number): void;
}
interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
// TypeScript declares WebAssembly only in its browser types, which the server does not use.
declare const WebAssembly: {
  Memory: new (limits: { initial: number; maximum: number }) => GrowingMemory;
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
};

const PAGE_BYTES = 65_536;
/** A million embeddings. */
const MAX_PAGES = 8_192;
/** Number of dot products per call. */
const CHUNK_ROWS = 4_096;
/** Byte offsets in the memory: the query vector is at 0, the dot products and the rows follow. */
const OUT = DIMENSIONS * 2;
const ROWS = OUT + CHUNK_ROWS * 4;

let code: object | undefined;

export interface Match {
  /** Index of the embedding, in the order in which they were added. */
  readonly at: number;
  /** The cosine, up to 1. */
  readonly similarity: number;
}

/** Finds the nearest of many embeddings by comparing all of them: exact, in 0.1 ms for 1,000. */
export class EmbeddingIndex {
  private readonly memory = new WebAssembly.Memory({ initial: 2, maximum: MAX_PAGES });
  private readonly kernels: SearchKernels;
  private lengths = new Float32Array(256);
  private count = 0;

  constructor() {
    code ??= new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
    const { exports } = new WebAssembly.Instance(code, { env: { memory: this.memory } });
    this.kernels = exports as SearchKernels;
  }

  get size(): number {
    return this.count;
  }

  /** @param bytes as `toBytes` returns them */
  add(bytes: Uint8Array): void {
    if (bytes.length !== DIMENSIONS) throw new Error(`an embedding has ${DIMENSIONS} bytes`);
    const start = ROWS + this.count * DIMENSIONS;
    const missing = start + DIMENSIONS - this.memory.buffer.byteLength;
    // A quarter more each time, so that few copies are made.
    if (missing > 0) this.memory.grow(Math.ceil((missing + this.memory.buffer.byteLength / 4) / PAGE_BYTES));
    const row = new Int8Array(this.memory.buffer, start, DIMENSIONS);
    row.set(new Int8Array(bytes.buffer, bytes.byteOffset, DIMENSIONS));
    if (this.count === this.lengths.length) {
      const longer = new Float32Array(this.count * 2);
      longer.set(this.lengths);
      this.lengths = longer;
    }
    this.lengths[this.count++] = lengthOf(row);
  }

  /**
   * @param bytes as `toBytes` returns them
   * @param min the lowest similarity to return
   * @returns at most `max` matches, nearest first
   */
  nearest(bytes: Uint8Array, max: number, min: number): Match[] {
    const query = new Int8Array(bytes.buffer, bytes.byteOffset, DIMENSIONS);
    const length = lengthOf(query);
    new Int16Array(this.memory.buffer, 0, DIMENSIONS).set(query);
    const products = new Int32Array(this.memory.buffer, OUT, CHUNK_ROWS);
    const best: Match[] = [];
    let lowest = min;
    for (let from = 0; from < this.count; from += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, this.count - from);
      this.kernels.dots(0, ROWS + from * DIMENSIONS, rows, OUT);
      for (let row = 0; row < rows; row++) {
        const similarity = products[row] / (length * this.lengths[from + row]);
        if (!(similarity >= lowest)) continue;
        const insertAt = best.findIndex((match) => match.similarity < similarity);
        best.splice(insertAt < 0 ? best.length : insertAt, 0, { at: from + row, similarity });
        if (best.length > max) best.pop();
        if (best.length === max) lowest = best[max - 1].similarity;
      }
    }
    return best;
  }
}

function lengthOf(numbers: Int8Array): number {
  let squares = 0;
  for (const number of numbers) squares += number * number;
  return Math.sqrt(squares);
}
