import type { FastifyInstance, FastifyRequest } from 'fastify';
import JSON5 from 'json5';
import { malformed, Problem } from './problem.js';

/** Only a body that is not JSON is read the lenient way, and only up to this size: that parser is slower. */
const MAX_LENIENT_BYTES = 64 * 1024;
/** Never sent by anybody: marks bodies for the parser below. */
const TYPE = 'application/x-lenient-json';
/** `text/plain` is what `fetch` sends for a string by default. */
const JSON_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;

/**
 * Below the prefixes, bodies may also be JSON5 (keys without quotes, single quotes, trailing commas), and JSON that is sent
 * as text. For another product's API, whose examples are written so and whose clients send it so.
 */
export function readLenientJson(fastify: FastifyInstance, prefixes: readonly string[]): void {
  const isBelow = ({ url }: FastifyRequest): boolean =>
    prefixes.some((prefix) => url.startsWith(`${prefix}/`));
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isBelow(request) && JSON_TYPE.test(request.headers['content-type'] ?? ''))
      request.headers['content-type'] = TYPE;
    done();
  });
  fastify.addContentTypeParser(TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    if (!isBelow(request))
      return done(new Problem(415, 'unsupported-media-type', 'Send the body as application/json.'));
    // As for any other body: it is looked at before it is used.
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
