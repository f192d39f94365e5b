import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Content codings of responses (RFC 9110, section 8.4.1); `identity` is the uncompressed body. */
export type Coding = 'br' | 'gzip' | 'identity';

/** Smaller bodies are not compressed, because they fit into one packet anyway. */
export const MIN_COMPRESSED_BYTES = 1_024;

/**
 * At this quality brotli is as fast as gzip's default and produces smaller output. Clients wait while a response is
 * compressed.
 */
const BROTLI_QUALITY = 5;

const MAX_CACHED_HEADERS = 200;
const codingByHeader = new Map<string, Coding>();

/**
 * Chooses the coding of a response: the one that the client prefers, or brotli if it has no preference.
 *
 * @param acceptEncoding the request's Accept-Encoding; if it is missing, nothing is compressed, which RFC 9110 permits
 */
export function codingFor(acceptEncoding: string | undefined): Coding {
  if (!acceptEncoding) return 'identity';
  const cached = codingByHeader.get(acceptEncoding);
  if (cached !== undefined) return cached;
  const coding = negotiate(acceptEncoding);
  // Browsers send only a few different values. The limit protects against clients that invent new ones.
  if (codingByHeader.size < MAX_CACHED_HEADERS) codingByHeader.set(acceptEncoding, coding);
  return coding;
}

function negotiate(acceptEncoding: string): Coding {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((item) => item.trim());
    const weight = parameters.find((item) => item.startsWith('q='))?.slice(2) ?? '1';
    weights.set(name === 'x-gzip' ? 'gzip' : name, Number(weight) || 0);
  }
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gzipWeight] = [weightOf('br'), weightOf('gzip')];
  const identity = weights.get('identity') ?? 0;
  if (br > 0 && br >= gzipWeight && br >= identity) return 'br';
  return gzipWeight > 0 && gzipWeight >= identity ? 'gzip' : 'identity';
}

export function compress(body: Buffer, coding: Exclude<Coding, 'identity'>): Promise<Buffer> {
  if (coding === 'gzip') return gzipAsync(body);
  return brotliAsync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}

/** Adds a request header's name to a `Vary` value, unless it is already listed. */
export function vary(before: string | undefined, name: string): string {
  const names = (before ?? '').split(',').map((item) => item.trim());
  if (names.some((item) => item === '*' || item.toLowerCase() === name.toLowerCase())) return before!;
  return [...names.filter((item) => item !== ''), name].join(', ');
}
