import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

const routes = new Set<string>();
const FILE = 'application/octet-stream';

/** Declares a POST route whose body is a file: it is not read before the handler reads `request.raw`. */
export function takesFile(path: string): void {
  routes.add(`/${path}`);
}

export const isFileRoute = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routes.has(routeOptions.url ?? '');

/** A file is a file, whatever the client says of its type; packed by gzip it is packed, in either way of saying so. */
export function acceptAsFile({ headers }: FastifyRequest): void {
  headers['content-type'] = FILE;
  if (/^\s*(?:x-)?gzip\s*$/i.test(headers['content-encoding'] ?? '')) delete headers['content-encoding'];
}

/** No other route takes this type. */
export function parseFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(FILE, (request, _payload, done) => {
    if (isFileRoute(request)) done(null, undefined);
    else done(new Problem(415, 'unsupported-media-type', 'Send JSON as application/json.'));
  });
}
