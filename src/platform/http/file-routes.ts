import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Content codings that are taken, by route. */
const routes = new Map<string, RegExp>();
const FILE = 'application/octet-stream';

/** Declares a POST route whose body is a file, as it is or packed by gzip; otherwise as `takesRawBody`. */
export const takesFile = (path: string): void => takesRawBody(path, /^\s*(?:x-)?gzip\s*$/i);

/**
 * Declares a POST route that reads its body from `request.raw`: nothing of it is read or checked before the handler
 * runs, whatever `Content-Type` says.
 *
 * @param codings values of `Content-Encoding` that are taken; another one is 415
 */
export function takesRawBody(path: string, codings = /^/): void {
  routes.set(`/${path}`, codings);
}

export const isFileRoute = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routes.has(routeOptions.url ?? '');

/** A file is a file, whatever the client says of its type; packed by gzip it is packed, in either way of saying so. */
export function acceptAsFile({ headers, routeOptions }: FastifyRequest): void {
  headers['content-type'] = FILE;
  if (routes.get(routeOptions.url ?? '')?.test(headers['content-encoding'] ?? ''))
    delete headers['content-encoding'];
}

/** No other route takes this type. */
export function parseFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(FILE, (request, _payload, done) => {
    if (isFileRoute(request)) done(null, undefined);
    else done(new Problem(415, 'unsupported-media-type', 'Send JSON as application/json.'));
  });
}
