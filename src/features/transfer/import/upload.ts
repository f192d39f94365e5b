import { pipeline, Readable, Transform } from 'node:stream';
import { constants, createGunzip, createGzip, gunzipSync } from 'node:zlib';
import { BadImportFile } from './import-format.js';

/** Each chunk is one row. The driver and the database have a few of them in memory at a time. */
const CHUNK_BYTES = 1024 * 1024;
const HEAD_BYTES = 4_096;
/** Size that every file may have when decompressed, in addition to its growth limit. */
const BASE_ALLOWANCE_BYTES = 256 * 1024 * 1024;

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Decompresses the first bytes of a file; empty if they are broken. */
export function decompressedHead(head: Buffer): Buffer {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head.subarray(0, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Yields the file in chunks of about 1 MB, compressing it if necessary.
 *
 * @param checkHead is called with the first bytes of the file before anything is yielded
 */
export async function* compressedChunks(
  body: AsyncIterable<Buffer>,
  checkHead: (head: Buffer) => void,
): AsyncGenerator<Buffer> {
  const source = body[Symbol.asyncIterator]();
  const headChunks: Buffer[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const next = await source.next();
    if (next.done) break;
    headChunks.push(next.value);
    bytes += next.value.length;
  }
  const head = Buffer.concat(headChunks);
  checkHead(head);
  async function* allChunks(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  yield* splitIntoChunks(isGzip(head) ? allChunks() : compressChunks(allChunks()));
}

function compressChunks(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const readable = Readable.from(source, { objectMode: false });
  const gzip = createGzip({ level: 1 });
  readable.on('error', (error) => gzip.destroy(error));
  return readable.pipe(gzip) as AsyncIterable<Buffer>;
}

async function* splitIntoChunks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    pending.push(chunk);
    bytes += chunk.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(pending);
    pending = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(pending);
}

/** Decompresses a file and the compressed files inside it, up to a limit on their total size. */
export class Unpacker {
  private readonly maxBytes: number;
  private bytes = 0;

  /**
   * @param compressedBytes size of the whole file as stored
   * @param maxGrowth maximum factor by which it may grow when decompressed
   */
  constructor(
    compressedBytes: number,
    private readonly maxGrowth: number,
  ) {
    this.maxBytes = BASE_ALLOWANCE_BYTES + compressedBytes * maxGrowth;
  }

  /**
   * @returns the decompressed bytes; the stream fails with a BadImportFile beyond the limit, or with the source's
   *   error
   */
  gunzip(source: AsyncIterable<Buffer>): Readable {
    const limit = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.bytes += chunk.length;
        if (this.bytes > this.maxBytes) done(this.limitError());
        else done(null, chunk);
      },
    });
    const packed = Readable.from(source, { objectMode: false });
    // Errors reach the consumer through `limit`.
    pipeline(packed, createGunzip({ chunkSize: 256 * 1024 }), limit, () => undefined);
    return limit;
  }

  private limitError(): BadImportFile {
    const megabytes = Math.floor(this.maxBytes / 1024 ** 2);
    return new BadImportFile(
      'too-large-unpacked',
      `The file decompresses to more than ${megabytes} MB, including compressed files inside it. The limit is 256 MB plus ${this.maxGrowth} times the size of the upload. If this is a real export, raise the setting IMPORT_MAX_GROWTH.`,
    );
  }
}
