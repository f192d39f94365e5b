import { readFile } from 'node:fs/promises';
import { decodeEncoderFile, type EncoderArray, type EncoderFile } from './encoder-file.js';
import { SentencePieces } from './sentence-pieces.js';

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Node's types do not declare it. */
declare const WebAssembly: {
  readonly Memory: new (options: { initial: number }) => Memory;
  instantiate(
    code: Uint8Array,
    imports: { env: { memory: Memory } },
  ): Promise<{ readonly instance: { readonly exports: object } }>;
};

/** Length of an embedding. */
export const DIMENSIONS = 512;
/** Longer texts are cut here, about 500 characters of English: the weights know no later positions. */
export const MAX_TOKENS = 128;

const MODEL = new URL('./sentence-encoder.bin', import.meta.url);
const KERNELS = new URL('./kernels.wasm', import.meta.url);

const EMBEDDING = 256;
const HIDDEN = 1536;
const HEADS = 4;
const LAYERS = [0, 1] as const;
/** Width of a layer's input. */
const WIDTHS = [EMBEDDING, DIMENSIONS] as const;
/** The largest integers used for inputs of a matrix: `inner * limit * 127` must fit into 32 bits. */
const ACTIVATION_LIMIT = 32_000;
const HIDDEN_LIMIT = 11_000;
const PAGE_BYTES = 65_536;
/** Texts that make the engine compile the kernels with optimization before the first real one. */
const WARM_UP_TEXTS = 8;

/** See kernels.as. Pointers and sizes are numbers, booleans 0 or 1. */
interface Kernels {
  quantize(x: number, rows: number, width: number, limit: number, out: number, steps: number): void;
  normalize(x: number, rows: number, width: number, scale: number, shift: number, out: number): void;
  multiply(
    a: number,
    rowSteps: number,
    b: number,
    columnSteps: number,
    bias: number,
    rows: number,
    inner: number,
    columns: number,
    add: number,
    panel: number,
    out: number,
  ): void;
  attend(
    qkv: number,
    tokens: number,
    rows: number,
    width: number,
    heads: number,
    keys: number,
    weights: number,
    out: number,
  ): void;
  multiplyRelu(
    x: number,
    rows: number,
    inner: number,
    limit: number,
    b: number,
    columnSteps: number,
    bias: number,
    columns: number,
    offsets: number,
    values: number,
    counts: number,
    steps: number,
    out: number,
  ): void;
  average(x: number, rows: number, width: number, relu: number, out: number): void;
}

/** Reads arrays of the file with the length that the architecture needs. */
class Arrays {
  constructor(private readonly file: EncoderFile) {}

  private take<T extends EncoderArray>(name: string, length: number, type: new (length: number) => T): T {
    const found = this.file.arrays.get(name);
    if (!(found instanceof type) || found.length !== length)
      throw new Error(`the encoder file has no ${type.name} "${name}" of ${length} numbers`);
    return found;
  }

  floats(name: string, length: number): Float32Array {
    return this.take(name, length, Float32Array);
  }

  doubles(name: string, length: number): Float64Array {
    return this.take(name, length, Float64Array);
  }

  bytes(name: string, length: number): Int8Array {
    return this.take(name, length, Int8Array);
  }
}

/** Pointers to the parts of a matrix of signed bytes, and its size: see `multiply` in kernels.as. */
interface QuantizedMatrix {
  readonly weights: number;
  readonly steps: number;
  readonly bias: number;
  readonly inner: number;
  readonly columns: number;
}

interface Norm {
  readonly scale: number;
  readonly shift: number;
}

interface Layer {
  readonly width: number;
  readonly attentionNorm: Norm;
  readonly queriesKeysValues: QuantizedMatrix;
  readonly attentionOutput: QuantizedMatrix;
  readonly feedForwardNorm: Norm;
  readonly expand: QuantizedMatrix;
  readonly contract: QuantizedMatrix;
}

/** Lays out weights and scratch space in the kernels' memory. */
class Layout {
  private bytes = PAGE_BYTES;
  private readonly memory = new WebAssembly.Memory({ initial: 1 });

  /** @returns a pointer to this many bytes, which are zero */
  reserve(bytes: number): number {
    const pointer = this.bytes;
    this.bytes += Math.ceil(bytes / 16) * 16;
    const missing = this.bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return pointer;
  }

  private copy(values: Float32Array | Int8Array): number {
    const pointer = this.reserve(values.byteLength);
    new Uint8Array(this.memory.buffer).set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      pointer,
    );
    return pointer;
  }

  norm(arrays: Arrays, name: string, width: number): Norm {
    return {
      scale: this.copy(arrays.floats(`${name}/scale`, width)),
      shift: this.copy(arrays.floats(`${name}/shift`, width)),
    };
  }

  matrix(arrays: Arrays, name: string, inner: number, columns: number): QuantizedMatrix {
    return {
      weights: this.copy(arrays.bytes(`${name}/weights`, inner * columns)),
      steps: this.copy(arrays.floats(`${name}/steps`, columns)),
      bias: this.copy(arrays.floats(`${name}/bias`, columns)),
      inner,
      columns,
    };
  }

  /** The memory, whose size no longer changes. */
  finish(): Memory {
    return this.memory;
  }
}

/**
 * Turns a text into a vector so that texts of similar meaning have similar vectors: the Universal Sentence Encoder, lite
 * (Cer et al., 2018), a transformer of two layers with 8-bit weights. Knows English. Not safe to share between threads;
 * one instance takes about 25 MB.
 */
export class SentenceEncoder {
  private constructor(
    private readonly kernels: Kernels,
    private readonly memory: Memory,
    private readonly pieces: SentencePieces,
    private readonly vocabulary: { readonly rows: Int8Array; readonly steps: Float32Array },
    private readonly timing: Float32Array,
    private readonly parts: {
      readonly residual: QuantizedMatrix;
      readonly layers: readonly Layer[];
      readonly output: QuantizedMatrix;
    },
    private readonly scratch: {
      readonly input: number;
      readonly state: number;
      readonly normalized: number;
      readonly integers: number;
      readonly steps: number;
      readonly wide: number;
      readonly attended: number;
      readonly keys: number;
      readonly weights: number;
      readonly offsets: number;
      readonly values: number;
      readonly counts: number;
      readonly panel: number;
      readonly mean: number;
      readonly hiddenMean: number;
      readonly output: number;
    },
  ) {}

  /**
   * Loads the encoder, in about 0.2 seconds.
   *
   * @param model location of the encoder file; by default the one that is shipped
   * @throws {Error} that says what is wrong if the file is missing, damaged or of another version
   */
  static async load(model: URL | string = MODEL): Promise<SentenceEncoder> {
    const [file, code] = await Promise.all([readFile(model), readFile(KERNELS)]);
    const encoder = await SentenceEncoder.create(decodeEncoderFile(file), code);
    for (let text = 0; text < WARM_UP_TEXTS; text++) encoder.embed('warm up '.repeat(MAX_TOKENS));
    return encoder;
  }

  private static async create(file: EncoderFile, code: Uint8Array): Promise<SentenceEncoder> {
    const arrays = new Arrays(file);
    const layout = new Layout();
    const parts = {
      residual: layout.matrix(arrays, 'residual', EMBEDDING, DIMENSIONS),
      layers: LAYERS.map((layer) => {
        const width = WIDTHS[layer];
        const name = `layer${layer}`;
        return {
          width,
          attentionNorm: layout.norm(arrays, `${name}/attention-norm`, width),
          queriesKeysValues: layout.matrix(arrays, `${name}/queries-keys-values`, width, width * 3),
          attentionOutput: layout.matrix(arrays, `${name}/attention-output`, width, DIMENSIONS),
          feedForwardNorm: layout.norm(arrays, `${name}/feed-forward-norm`, DIMENSIONS),
          expand: layout.matrix(arrays, `${name}/expand`, DIMENSIONS, HIDDEN),
          contract: layout.matrix(arrays, `${name}/contract`, HIDDEN, DIMENSIONS),
        };
      }),
      output: layout.matrix(arrays, 'output', DIMENSIONS, DIMENSIONS),
    };
    const floats = (count: number): number => layout.reserve(count * 4);
    const scratch = {
      input: floats(MAX_TOKENS * EMBEDDING),
      state: floats(MAX_TOKENS * DIMENSIONS),
      normalized: floats(MAX_TOKENS * DIMENSIONS),
      integers: layout.reserve(MAX_TOKENS * DIMENSIONS * 2),
      steps: floats(MAX_TOKENS),
      wide: floats(MAX_TOKENS * HIDDEN),
      attended: floats(MAX_TOKENS * DIMENSIONS),
      keys: floats(MAX_TOKENS * DIMENSIONS),
      weights: floats(MAX_TOKENS * MAX_TOKENS),
      offsets: floats(MAX_TOKENS * (HIDDEN + 2)),
      values: floats(MAX_TOKENS * (HIDDEN + 2)),
      counts: floats(MAX_TOKENS),
      panel: layout.reserve(DIMENSIONS * 8 * 2),
      // One row, padded to a block of four.
      mean: floats(DIMENSIONS * 4),
      hiddenMean: floats(HIDDEN),
      output: floats(DIMENSIONS * 4),
    };
    const memory = layout.finish();
    const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
    const size = file.pieces.length;
    return new SentenceEncoder(
      instance.exports as unknown as Kernels,
      memory,
      new SentencePieces(file.pieces, Float64Array.from(arrays.doubles('piece-scores', size))),
      {
        // Copied so that the file does not stay in memory.
        rows: Int8Array.from(arrays.bytes('embeddings/weights', size * EMBEDDING)),
        steps: Float32Array.from(arrays.floats('embeddings/steps', size)),
      },
      timingSignal(arrays.floats('timing/frequencies', EMBEDDING / 2)),
      parts,
      scratch,
    );
  }

  /** Token ids of a text, all of them: `embed` uses the first `MAX_TOKENS`. */
  tokenize(text: string): number[] {
    return this.pieces.encode(text);
  }

  /**
   * @param text any text; only its first `MAX_TOKENS` tokens count
   * @returns `DIMENSIONS` numbers, a vector of length 1; zeros if the text is empty
   */
  embed(text: string): Float32Array {
    const ids = this.tokenize(text).slice(0, MAX_TOKENS);
    const embedding = new Float32Array(DIMENSIONS);
    if (ids.length === 0) return embedding;
    embedding.set(this.run(ids));
    let squares = 0;
    for (let at = 0; at < DIMENSIONS; at++) {
      embedding[at] = Math.tanh(embedding[at]);
      squares += embedding[at] ** 2;
    }
    const factor = 1 / Math.sqrt(squares);
    for (let at = 0; at < DIMENSIONS; at++) embedding[at] *= factor;
    return embedding;
  }

  private run(ids: readonly number[]): Float32Array {
    const { kernels, scratch, parts } = this;
    const tokens = ids.length;
    // The kernels work on blocks of rows. The rows after the last token hold numbers of earlier texts; no token's row
    // depends on them.
    const rows = Math.ceil(tokens / 8) * 8;
    this.writeInput(ids, scratch.input);
    const multiply = (x: number, by: QuantizedMatrix, out: number, add = false): void =>
      this.multiply(x, rows, by, out, add);
    multiply(scratch.input, parts.residual, scratch.state);
    parts.layers.forEach((layer, index) => {
      const { attentionNorm, feedForwardNorm, width } = layer;
      const input = index === 0 ? scratch.input : scratch.state;
      kernels.normalize(input, rows, width, attentionNorm.scale, attentionNorm.shift, scratch.normalized);
      multiply(scratch.normalized, layer.queriesKeysValues, scratch.wide);
      kernels.attend(
        scratch.wide,
        tokens,
        rows,
        width,
        HEADS,
        scratch.keys,
        scratch.weights,
        scratch.attended,
      );
      multiply(scratch.attended, layer.attentionOutput, scratch.state, true);
      kernels.normalize(
        scratch.state,
        rows,
        DIMENSIONS,
        feedForwardNorm.scale,
        feedForwardNorm.shift,
        scratch.normalized,
      );
      multiply(scratch.normalized, layer.expand, scratch.wide);
      if (index < parts.layers.length - 1) {
        this.addRelu(scratch.wide, rows, layer.contract, scratch.state);
        return;
      }
      // Only the mean over the tokens is needed from here on, and `contract` is linear.
      kernels.average(scratch.state, tokens, DIMENSIONS, 0, scratch.mean);
      kernels.average(scratch.wide, tokens, HIDDEN, 1, scratch.hiddenMean);
      this.addRelu(scratch.hiddenMean, 1, layer.contract, scratch.mean);
    });
    this.multiply(scratch.mean, 4, parts.output, scratch.output, false);
    return new Float32Array(this.memory.buffer, scratch.output, DIMENSIONS);
  }

  private multiply(x: number, rows: number, by: QuantizedMatrix, out: number, add: boolean): void {
    const { kernels, scratch } = this;
    kernels.quantize(x, rows, by.inner, ACTIVATION_LIMIT, scratch.integers, scratch.steps);
    kernels.multiply(
      scratch.integers,
      scratch.steps,
      by.weights,
      by.steps,
      by.bias,
      rows,
      by.inner,
      by.columns,
      Number(add),
      scratch.panel,
      out,
    );
  }

  private addRelu(x: number, rows: number, by: QuantizedMatrix, out: number): void {
    const { offsets, values, counts, steps } = this.scratch;
    this.kernels.multiplyRelu(
      x,
      rows,
      by.inner,
      HIDDEN_LIMIT,
      by.weights,
      by.steps,
      by.bias,
      by.columns,
      offsets,
      values,
      counts,
      steps,
      out,
    );
  }

  /** Embeddings of the tokens with their positions. The published graph adds the embedding twice. */
  private writeInput(ids: readonly number[], pointer: number): void {
    const input = new Float32Array(this.memory.buffer, pointer, ids.length * EMBEDDING);
    ids.forEach((id, position) => {
      const step = this.vocabulary.steps[id] * 2;
      const from = id * EMBEDDING;
      const to = position * EMBEDDING;
      for (let at = 0; at < EMBEDDING; at++)
        input[to + at] = this.vocabulary.rows[from + at] * step + this.timing[to + at];
    });
  }
}

/** Sines, then cosines, of each position times each frequency. */
function timingSignal(frequencies: Float32Array): Float32Array {
  const signal = new Float32Array(MAX_TOKENS * EMBEDDING);
  for (let position = 0; position < MAX_TOKENS; position++) {
    for (let at = 0; at < frequencies.length; at++) {
      const angle = position * frequencies[at];
      signal[position * EMBEDDING + at] = Math.sin(angle);
      signal[position * EMBEDDING + frequencies.length + at] = Math.cos(angle);
    }
  }
  return signal;
}
