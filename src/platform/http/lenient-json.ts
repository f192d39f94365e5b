import type { FastifyInstance, FastifyRequest } from 'fastify';
import JSON5 from 'json5';
import { malformed, Problem } from './problem.js';

/**
 * The lenient parser is slow, so only bodies up to this size are parsed with it, and only if they are not valid JSON.
 */
const MAX_LENIENT_BYTES = 64 * 1024;
/** An internal content type that selects the parser below. */
const LENIENT_TYPE = 'application/x-lenient-json';
/** `fetch` sends strings as `text/plain` by default. */
const JSON_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;

/**
 * Accepts JSON5 (unquoted keys, single quotes, trailing commas) and JSON sent as text, on paths with these prefixes:
 * clients of other products' APIs send such bodies.
 */
export function readLenientJson(fastify: FastifyInstance, prefixes: readonly string[]): void {
  const acceptsLenientJson = ({ url }: FastifyRequest): boolean =>
    prefixes.some((prefix) => url.startsWith(`${prefix}/`));
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (acceptsLenientJson(request) && JSON_TYPE.test(request.headers['content-type'] ?? ''))
      request.headers['content-type'] = LENIENT_TYPE;
    done();
  });
  fastify.addContentTypeParser(LENIENT_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    if (!acceptsLenientJson(request))
      return done(new Problem(415, 'unsupported-media-type', 'Send the body as application/json.'));
    // Set as for any other body, because the raw body is checked before the parsed one is used.
    (request as FastifyRequest & { rawBody?: Buffer }).rawBody = body as Buffer;
    try {
      done(null, parse((body as Buffer).toString()));
    } catch {
      done(malformed('The body is not JSON.'));
    }
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (Buffer.byteLength(body) > MAX_LENIENT_BYTES) throw error;
    return JSON5.parse(body);
  }
}
