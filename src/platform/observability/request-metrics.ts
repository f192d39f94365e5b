import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** One name for all paths without a route, because clients can make up any number of them. */
const UNMATCHED = 'unmatched';

/** Counts and times every response by route pattern (`/api/v1/sites/:site`), method and status. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram(
    'postbag_http_request_seconds',
    'Time from receiving a request to the end of its response, in seconds.',
    BUCKETS_SECONDS,
    ['method', 'route', 'status'],
  );
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED);
    const status = String(reply.statusCode);
    seconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    done();
  });
}
