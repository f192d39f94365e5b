import { Readable, Transform } from 'node:stream';
import { constants, createGunzip, createGzip, gunzipSync } from 'node:zlib';
import { BadImportFile } from './import-format.js';

/** One row each; the driver and the database hold a few of them at a time. */
const CHUNK_BYTES = 1024 * 1024;
const HEAD_BYTES = 4_096;
/** JSON of comments shrinks to a tenth; what grows more than this is no export. */
const MAX_GROWTH = 400;
const FREE_BYTES = 256 * 1024 * 1024;

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** The first bytes of a file as they are unpacked; shorter for a short or broken one. */
export function unpackedHead(head: Buffer): Buffer {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head.subarray(0, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** The file in pieces of one size, packed if it was not; the first piece is known before anything is packed. */
export async function* packedPieces(
  body: AsyncIterable<Buffer>,
  checkHead: (head: Buffer) => void,
): AsyncGenerator<Buffer> {
  const source = body[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const next = await source.next();
    if (next.done) break;
    first.push(next.value);
    bytes += next.value.length;
  }
  const head = Buffer.concat(first);
  checkHead(head);
  async function* whole(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  yield* inPieces(isGzip(head) ? whole() : packed(whole()));
}

function packed(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const readable = Readable.from(source, { objectMode: false });
  const gzip = createGzip({ level: 1 });
  readable.on('error', (error) => gzip.destroy(error));
  return readable.pipe(gzip) as AsyncIterable<Buffer>;
}

async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/**
 * The file as it was packed, from its pieces.
 *
 * @param packedBytes of the whole file; what unpacks to far more than that ends in an error
 */
export function unpacked(pieces: AsyncIterable<Buffer>, packedBytes: number): Readable {
  const most = FREE_BYTES + packedBytes * MAX_GROWTH;
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most)
        done(new BadImportFile('too-large-unpacked', 'The file grows too much when it is unpacked.'));
      else done(null, chunk);
    },
  });
  const source = Readable.from(pieces, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', (error) => limit.destroy(error));
  limit.on('close', () => {
    gunzip.destroy();
    source.destroy();
  });
  return source.pipe(gunzip).pipe(limit);
}
