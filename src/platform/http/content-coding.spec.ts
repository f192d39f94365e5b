import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { codingFor, compress, vary } from './content-coding.js';

describe('the response compression', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['deflate', 'identity'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br; q=0.8 , gzip ;q=0.5', 'br'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['identity, gzip', 'gzip'],
    ['gzip;q=nonsense', 'identity'],
    ['*;q=0', 'identity'],
  ])('for %s is %s', (acceptEncoding, coding) => {
    expect(codingFor(acceptEncoding)).toBe(coding);
  });

  it('encodes the body', async () => {
    const body = Buffer.from('words '.repeat(1_000));
    expect(brotliDecompressSync(await compress(body, 'br'))).toEqual(body);
    expect(gunzipSync(await compress(body, 'gzip'))).toEqual(body);
  });
});

describe('the Vary header', () => {
  it.each([
    [undefined, 'Accept-Encoding'],
    ['Authorization', 'Authorization, Accept-Encoding'],
    ['accept-encoding', 'accept-encoding'],
    ['*', '*'],
  ])('changes from %s to %s', (before, after) => {
    expect(vary(before, 'Accept-Encoding')).toBe(after);
  });
});
