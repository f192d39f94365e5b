import { createHash } from 'node:crypto';

/*
 * The file format: eight letters, the length of the header (32 bits, little-endian), the header (JSON, padded to eight
 * bytes), then the arrays that the header lists, each padded to eight bytes.
 */
const MAGIC = 'PBENCOD1';
const ALIGNMENT = 8;

const ARRAY_TYPES = { int8: Int8Array, float32: Float32Array, float64: Float64Array } as const;
type ArrayType = keyof typeof ARRAY_TYPES;
export type EncoderArray = Int8Array | Float32Array | Float64Array;

/** Where the weights come from, for a person who opens the file. */
export interface EncoderSource {
  readonly model: string;
  readonly package: string;
  readonly license: string;
}

interface Header {
  readonly source: EncoderSource;
  /** Of everything after the header, in hexadecimal. */
  readonly sha256: string;
  readonly pieces: readonly string[];
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
}

export interface EncoderFile {
  readonly source: EncoderSource;
  /** The vocabulary of the tokenizer, by token id; for the quality head its phrases. */
  readonly pieces: readonly string[];
  readonly arrays: ReadonlyMap<string, EncoderArray>;
}

const padded = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

function typeOf(array: EncoderArray): ArrayType {
  if (array instanceof Int8Array) return 'int8';
  return array instanceof Float32Array ? 'float32' : 'float64';
}

export function encodeEncoderFile({ source, pieces, arrays }: EncoderFile): Uint8Array {
  const bodyBytes = [...arrays.values()].reduce((sum, { byteLength }) => sum + padded(byteLength), 0);
  const body = new Uint8Array(bodyBytes);
  const listed: Header['arrays'][number][] = [];
  let at = 0;
  for (const [name, array] of arrays) {
    body.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    listed.push({ name, type: typeOf(array), length: array.length });
    at += padded(array.byteLength);
  }
  const sha256 = createHash('sha256').update(body).digest('hex');
  const json = Buffer.from(JSON.stringify({ source, sha256, pieces, arrays: listed } satisfies Header));
  const start = padded(MAGIC.length + 4 + json.length);
  const bytes = new Uint8Array(start + body.length).fill(0x20, 0, start);
  bytes.set(Buffer.from(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, start - MAGIC.length - 4, true);
  bytes.set(json, MAGIC.length + 4);
  bytes.set(body, start);
  return bytes;
}

function parseHeader(json: string): Header {
  try {
    const header = JSON.parse(json) as Header;
    if (Array.isArray(header.pieces) && Array.isArray(header.arrays)) return header;
  } catch {
    // Reported below.
  }
  throw new Error('the header of the encoder file is damaged');
}

/**
 * @param file a whole encoder file; the arrays are views of it
 * @throws {Error} if it is not an encoder file of this version, is truncated, or its contents have changed
 */
export function decodeEncoderFile(file: Uint8Array): EncoderFile {
  // Views of 64-bit numbers need an aligned start.
  const bytes = file.byteOffset % ALIGNMENT === 0 ? file : Uint8Array.from(file);
  const prefix = MAGIC.length + 4;
  if (bytes.length < prefix || Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC)
    throw new Error('not an encoder file of this version');
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const start = prefix + headerBytes;
  if (start > bytes.length) throw new Error('the encoder file is truncated');
  const header = parseHeader(Buffer.from(bytes.subarray(prefix, start)).toString('utf8'));
  const lengths = header.arrays.map(({ type, length }) => ARRAY_TYPES[type].BYTES_PER_ELEMENT * length);
  const bodyBytes = lengths.reduce((sum, length) => sum + padded(length), 0);
  if (bytes.length !== start + bodyBytes)
    throw new Error(
      bytes.length < start + bodyBytes
        ? 'the encoder file is truncated'
        : 'the encoder file is too long for its header',
    );
  if (createHash('sha256').update(bytes.subarray(start)).digest('hex') !== header.sha256)
    throw new Error('the contents of the encoder file do not match its checksum');
  const arrays = new Map<string, EncoderArray>();
  let at = start;
  header.arrays.forEach(({ name, type, length }, index) => {
    arrays.set(name, new ARRAY_TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length));
    at += padded(lengths[index]);
  });
  return { source: header.source, pieces: header.pieces, arrays };
}
