import { once } from 'node:events';
import { createGzip, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { coralFormat } from './coral/coral.format.js';
import { Unpacker } from './upload.js';

const MB = 1024 ** 2;
const blank = Buffer.alloc(MB, ' ');

interface File {
  readonly name: string;
  readonly bytes?: Buffer;
  /** Used instead of `bytes`: this many megabytes of spaces. */
  readonly megabytes?: number;
}

async function gzipOfBlanks(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  const packed: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => packed.push(chunk));
  for (let n = 0; n < megabytes; n++) if (!gzip.write(blank)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(packed);
}

async function archiveOf(files: readonly File[]): Promise<Buffer> {
  const archive = pack();
  const gzip = createGzip();
  const packed: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => packed.push(chunk));
  (archive as unknown as NodeJS.ReadableStream).pipe(gzip);
  for (const { name, bytes = Buffer.alloc(0), megabytes } of files) {
    const entry = archive.entry({ name, size: megabytes === undefined ? bytes.length : megabytes * MB });
    if (megabytes === undefined) entry.write(bytes);
    for (let n = 0; n < (megabytes ?? 0); n++)
      if (!entry.write(blank)) await new Promise((resolve) => entry.once('drain', () => resolve(null)));
    entry.end();
  }
  archive.finalize();
  await once(gzip, 'end');
  return Buffer.concat(packed);
}

/** @returns the number of documents read, or the code and message of the error */
async function read(file: Buffer, maxGrowth = 400): Promise<number | { code?: string; message: string }> {
  const unpacker = new Unpacker(file.length, maxGrowth);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < file.length; at += MB) yield await Promise.resolve(file.subarray(at, at + MB));
  }
  let documents = 0;
  try {
    const lines = coralFormat(() => 0).lines(unpacker.gunzip(pieces()), unpacker);
    for await (const batch of lines) documents += batch.length;
    return documents;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { message, ...(code === undefined ? {} : { code }) };
  }
}

describe('a compressed archive', () => {
  it('is rejected if it decompresses to far more than its size', async () => {
    const file = await archiveOf([{ name: 'notes.txt', megabytes: 480 }]);
    expect(256 * MB + 400 * file.length).toBeLessThan(480 * MB);
    expect(await read(file)).toEqual({
      code: 'too-large-unpacked',
      message: expect.stringMatching(/^The file decompresses to more than 4\d\d MB.*IMPORT_MAX_GROWTH/),
    });
    expect(await read(file, 1_000)).toMatchObject({ code: 'no-collections' });
  }, 60_000);

  it('is rejected if the compressed files in it decompress to too much in total', async () => {
    const half = await gzipOfBlanks(150);
    const one = await archiveOf([{ name: 'users.json.gz', bytes: half }]);
    expect(await read(one, 1)).toBe(1);
    const two = await archiveOf([
      { name: 'users.json.gz', bytes: half },
      { name: 'stories.json.gz', bytes: half },
    ]);
    expect(await read(two, 1)).toMatchObject({ code: 'too-large-unpacked' });
  }, 60_000);

  const lines = Buffer.from('{"id": "1"}\n{"id": "2"}\n');

  it('is rejected if a compressed file in it is truncated or damaged', async () => {
    const packed = gzipSync(
      Buffer.concat(Array.from({ length: 20_000 }, (_, n) => Buffer.from(`{"id": ${n}}\n`))),
    );
    for (const bytes of [
      packed.subarray(0, packed.length / 2),
      Buffer.concat([packed.subarray(0, 9_000), blank]),
    ]) {
      const file = await archiveOf([{ name: 'comments.json.gz', bytes }]);
      expect(await read(file)).toMatchObject({ code: 'bad-archive' });
    }
  });

  it('is rejected if it is truncated inside a compressed file', async () => {
    const random = Buffer.from(Array.from({ length: 4e5 }, (_, n) => (n * 7_919 * n) % 251));
    const file = await archiveOf([{ name: 'comments.json.gz', bytes: gzipSync(random) }]);
    expect(await read(file.subarray(0, file.length / 2))).toMatchObject({ code: 'bad-archive' });
  });

  it('may have extra bytes after the end of a compressed file', async () => {
    const file = await archiveOf([
      { name: 'users.json.gz', bytes: Buffer.concat([gzipSync(lines), Buffer.alloc(3 * MB)]) },
      { name: 'stories.json', bytes: lines },
    ]);
    expect(await read(file)).toBe(4);
  });

  it('is rejected if its headers are too large to fit in memory', async () => {
    const header = (type: string, size: number): Buffer => {
      const block = Buffer.alloc(512);
      block.write('comments.json');
      block.write('0000644\0', 100);
      block.write('0000000\0', 108);
      block.write('0000000\0', 116);
      block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
      block.write('00000000000\0', 136);
      block.write('        ', 148);
      block.write(type, 156);
      block.write('ustar\x0000', 257);
      block.write(
        `${block
          .reduce((sum, byte) => sum + byte, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
        148,
      );
      return block;
    };
    const size = 64 * MB;
    for (const type of ['x', 'g', 'L'])
      expect(await read(gzipSync(Buffer.concat([header(type, size), Buffer.alloc(size, 'a')])))).toEqual({
        code: 'bad-archive',
        message: 'The archive has headers that are too large to be read.',
      });
  });
});
