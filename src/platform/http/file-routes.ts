import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Accepted content codings by route. */
const codingsByRoute = new Map<string, RegExp>();
const FILE_TYPE = 'application/octet-stream';

/** Like `acceptRawBody`, for a route whose body is a file, which may be compressed with gzip. */
export const acceptsFile = (path: string): void => acceptRawBody(path, /^\s*(?:x-)?gzip\s*$/i);

/**
 * Declares a POST route that reads its body from `request.raw`. The body is not read or checked before the handler
 * runs, whatever `Content-Type` the request has.
 *
 * @param codings accepted values of `Content-Encoding`; any other is a 415
 */
export function acceptRawBody(path: string, codings = /^/): void {
  codingsByRoute.set(`/${path}`, codings);
}

export const isFileRoute = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && codingsByRoute.has(routeOptions.url ?? '');

/**
 * Treats the body as a file, whatever content type the client sends. A gzip body stays compressed, whether or not the
 * client declares it with Content-Encoding.
 */
export function acceptAsFile({ headers, routeOptions }: FastifyRequest): void {
  headers['content-type'] = FILE_TYPE;
  if (codingsByRoute.get(routeOptions.url ?? '')?.test(headers['content-encoding'] ?? ''))
    delete headers['content-encoding'];
}

/** Accepts the content type of files, on file routes only. */
export function addFileParser(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(FILE_TYPE, (request, _payload, done) => {
    if (isFileRoute(request)) done(null, undefined);
    else done(new Problem(415, 'unsupported-media-type', 'Send JSON as application/json.'));
  });
}
