import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { decodeEncoderFile, encodeEncoderFile } from './encoder-file.js';
import { DIMENSIONS, MAX_TOKENS, SentenceEncoder } from './sentence-encoder.js';

/** Written with the package that the weights were published in, in floating point. */
const references = (
  JSON.parse(
    readFileSync(new URL('../../../../test/support/encoder-references.json', import.meta.url), 'utf8'),
  ) as { text: string; ids: number[]; embedding: string }[]
).map(({ text, ids, embedding }) => ({
  text,
  ids,
  embedding: new Float32Array(Uint8Array.from(Buffer.from(embedding, 'base64')).buffer),
}));
const shipped = readFileSync(new URL('./sentence-encoder.bin', import.meta.url));

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * b[at], 0);

const encoder = await SentenceEncoder.load();

describe('sentence encoder', () => {
  it.each(references)('agrees with the published model: $text', ({ text, ids, embedding }) => {
    expect(encoder.tokenize(text)).toEqual(ids);
    const ours = encoder.embed(text);
    expect(ours).toHaveLength(DIMENSIONS);
    expect(dot(ours, ours)).toBeCloseTo(1, 5);
    expect(dot(ours, embedding)).toBeGreaterThanOrEqual(0.999);
  });

  it('gives a text the same vector whatever was embedded before it', () => {
    const [first, second] = [references[0].text, references[19].text];
    const alone = encoder.embed(first);
    encoder.embed(second);
    expect(encoder.embed(first)).toEqual(alone);
  });

  it('gives an empty text zeros', () => {
    expect(encoder.embed('')).toEqual(new Float32Array(DIMENSIONS));
  });

  it('ignores what follows the last token that it reads', () => {
    const text = 'The ferry is late again. '.repeat(30);
    expect(encoder.tokenize(text).length).toBeGreaterThan(MAX_TOKENS);
    expect(encoder.embed(`${text}and so is the bus`)).toEqual(encoder.embed(text));
  });

  it.each([
    ['one character', 'a'],
    ['spaces', '   '],
    ['a line break', '\n'],
    ['only characters that it does not know', '日本語の文'],
    ['half of a surrogate pair', 'odd \ud83d end'],
  ])('gives %s a vector of length 1', (_, text) => {
    const vector = encoder.embed(text);
    expect(dot(vector, vector)).toBeCloseTo(1, 5);
  });

  it.each([
    ['letters without spaces', 'a'],
    ['words', 'a comment about the ferry '],
    ['emoji', '🙂'],
    ['joined emoji', '👩‍👩‍👧‍👦'],
    ['combining marks', '\u0301'],
    ['marks of mixed classes', '\u0327\u0301'],
    ['a letter that expands to eighteen', '\ufdfa'],
    ['word boundaries of the vocabulary', '\u2581'],
  ])('takes about as long for 20,000 characters as for the longest text that it reads: %s', (_, piece) => {
    const ordinary = 'a comment about the ferry '.repeat(200);
    const hostile = piece.repeat(Math.ceil(20_000 / piece.length));
    // The fastest of several rounds, so that a busy machine does not matter.
    const fastest = (text: string): number =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          const from = performance.now();
          encoder.embed(text);
          return performance.now() - from;
        }),
      );
    expect(fastest(hostile) / fastest(ordinary)).toBeLessThan(4);
  });
});

describe('encoder file', () => {
  const folder = tempFolder();
  afterAll(folder.remove);
  const load = (bytes: Uint8Array): Promise<SentenceEncoder> => {
    const path = join(folder.path, 'encoder.bin');
    writeFileSync(path, bytes);
    return SentenceEncoder.load(path);
  };

  it.each<[string, (bytes: Buffer) => Uint8Array, string]>([
    [
      'of another format',
      (bytes) => Buffer.concat([Buffer.from('PBMODEL3'), bytes.subarray(8)]),
      'not an encoder file',
    ],
    ['that is empty', () => Buffer.alloc(0), 'not an encoder file'],
    ['that ends in its header', (bytes) => bytes.subarray(0, 1000), 'truncated'],
    ['that ends in its weights', (bytes) => bytes.subarray(0, -8), 'truncated'],
    ['with something behind its end', (bytes) => Buffer.concat([bytes, Buffer.alloc(8)]), 'too long'],
    [
      'with a changed header',
      (bytes) => (bytes.fill(0x7b, 12, 40), bytes),
      'header of the encoder file is damaged',
    ],
    ['with a changed weight', (bytes) => ((bytes[5_000_000] ^= 1), bytes), 'do not match its checksum'],
  ])('refuses a file %s', async (_, change, message) => {
    await expect(load(change(Buffer.from(shipped)))).rejects.toThrow(message);
  });

  it('refuses a file of another architecture', async () => {
    const file = decodeEncoderFile(shipped);
    const arrays = new Map(file.arrays).set('output/bias', new Float32Array(12));
    await expect(load(encodeEncoderFile({ ...file, arrays }))).rejects.toThrow(
      'no Float32Array "output/bias" of 512 numbers',
    );
  });

  it('names a file that is missing', async () => {
    await expect(SentenceEncoder.load(join(folder.path, 'none.bin'))).rejects.toThrow('none.bin');
  });

  it('is small enough to ship', () => {
    expect(shipped.length).toBeLessThan(12_000_000);
  });
});

describe('compiled kernels', () => {
  it('match their source', async () => {
    const script = fileURLToPath(new URL('../../../../scripts/build-encoder-kernels.mjs', import.meta.url));
    await promisify(execFile)(process.execPath, [script, '--check']);
  });
});
