import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCookieRoute } from './response-headers.js';
import { codingFor, compress, MIN_COMPRESSED_BYTES, vary } from './content-coding.js';

const TEXT = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml|javascript)\b)/i;

/**
 * An `onSend` hook that compresses JSON and other text of at least 1 kB. Streams are not compressed: event streams must
 * not be delayed, and files are compressed at build time.
 *
 * The console's cookie routes are not compressed. Their responses contain secrets (setup keys, recovery codes,
 * links), and the length of a compressed response reveals something about its content (BREACH). All other responses
 * contain no secrets or need a bearer token, which another page cannot make a browser send.
 */
export async function compressResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  // A 304 must have the same Vary header as the 200 it replaces (RFC 9110, section 15.4.5).
  if (reply.statusCode === 304 && !isCookieRoute(request.url)) addVary(reply);
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  if (Buffer.byteLength(payload) < MIN_COMPRESSED_BYTES || isCookieRoute(request.url)) return payload;
  if (reply.hasHeader('content-encoding') || !TEXT.test(String(reply.getHeader('content-type'))))
    return payload;
  addVary(reply);
  const coding = codingFor(request.headers['accept-encoding']);
  if (coding === 'identity') return payload;
  const compressed = await compress(typeof payload === 'string' ? Buffer.from(payload) : payload, coding);
  // Fastify sets the length again.
  void reply.header('content-encoding', coding).removeHeader('content-length');
  const etag = reply.getHeader('etag');
  // A strong ETag identifies the exact bytes (RFC 9110, section 8.8.1), and this one belongs to the uncompressed body.
  if (typeof etag === 'string' && etag.startsWith('"')) void reply.header('etag', `W/${etag}`);
  return compressed;
}

function addVary(reply: FastifyReply): void {
  void reply.header('vary', vary(reply.getHeader('vary') as string | undefined, 'Accept-Encoding'));
}
