import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cors from '@fastify/cors';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { Connections } from './connections.js';
import { isDeeperThan, MAX_BODY_DEPTH } from './body-depth.js';
import { hasBody } from './has-body.js';
import { malformed, Problem } from './problem.js';
import { ProblemFilter, sendProblem, type ForeignErrors } from './problem.filter.js';
import { answerUnreadable } from './unreadable.js';
import { ValidationPipe } from './validation.pipe.js';

/** A comment of 20,000 bytes, fully escaped as JSON, and room for the largest settings documents. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** Node's 16 kB would answer a token that is too long for us (8 kB) with a 431, before we can say 401. */
const MAX_HEADER_BYTES = 64 * 1024;
const DAY_SECONDS = 86_400;

const EXPOSED = ['etag', 'retry-after', 'idempotency-replayed', 'x-request-id', 'www-authenticate'];
const ALLOWED = [
  // Of a page whose `lang` is no tag: browsers ask before they send it.
  'accept-language',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'last-event-id',
  'x-goog-api-key',
];

/** Where only the console's own pages call, with a cookie: no other origin is answered there. */
const isCookieRoute = (url: string): boolean => url.startsWith('/api/v1/console');

function holdsNul(url: string): boolean {
  return url.includes('\0') || /%00/.test(url);
}

/** Nothing here unpacks a body; RFC 9110, section 8.4, has 415 for a coding that is not taken. */
const isEncoded = (coding: string | undefined): boolean =>
  coding !== undefined && !/^\s*(identity\s*)?$/i.test(coding);
const encodedBody = (): Problem =>
  new Problem(415, 'unsupported-media-type', 'Send the body as it is, without Content-Encoding.');

// A year: what an address once said by https, it says by https alone. Not of names below it, which may be others'.
const HTTPS_ALONE = 'max-age=31536000';

/** What every answer says of itself to caches and browsers, unless its route says something else. */
function secure(request: FastifyRequest, reply: FastifyReply): void {
  if (request.protocol === 'https') void reply.header('strict-transport-security', HTTPS_ALONE);
  if (!request.url.startsWith('/api/')) return;
  // What says nothing is somebody's.
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  if (!reply.hasHeader('referrer-policy')) void reply.header('referrer-policy', 'no-referrer');
  if (!reply.hasHeader('content-security-policy'))
    void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
}

async function installHooks(fastify: FastifyInstance): Promise<void> {
  await fastify.register(cookie);
  await fastify.register(cors, {
    delegator: (request, done) =>
      done(null, {
        origin: isCookieRoute(request.url ?? '') ? false : '*',
        credentials: false,
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
        allowedHeaders: ALLOWED,
        exposedHeaders: EXPOSED,
        maxAge: DAY_SECONDS,
      }),
  });
  fastify.decorateRequest('arrivedAtMs', 0);
  fastify.addHook('onRequest', (request, reply, done) => {
    request.arrivedAtMs = performance.now();
    void reply.header('x-request-id', request.id);
    void reply.header('x-content-type-options', 'nosniff');
    // Many clients say JSON of every request; of nothing that says nothing, and an empty text is no JSON.
    if (/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '') && !hasBody(request))
      delete request.headers['content-type'];
    // No text column takes it, and no address of ours has it.
    if (holdsNul(request.url)) done(malformed('The address holds a NUL character.'));
    else if (isEncoded(request.headers['content-encoding'])) done(encodedBody());
    else done();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    secure(request, reply);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (!isDeeperThan(MAX_BODY_DEPTH, request.body)) done();
    else done(malformed('The body is nested too deeply.'));
  });
}

/** Fastify takes no number: it can't know that only the proxy reaches the port. Who sets one says so. */
function trusted(proxies: ServerParts['trustProxy']): FastifyServerOptions['trustProxy'] {
  if (proxies === null) return false;
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : [...proxies];
}

type ServerPart = (fastify: FastifyInstance, app: NestFastifyApplication) => Promise<void> | void;

export interface ServerParts {
  /** As in `Settings`. */
  readonly trustProxy: number | readonly string[] | null;
  readonly first: ServerPart;
  readonly routes: ServerPart;
  /** Below these addresses another product's API is spoken, with its errors. */
  readonly foreignErrors?: readonly ForeignErrors[];
}

/**
 * A Nest application on Fastify with this product's HTTP conventions (contract, section 2): problem+json for every
 * refusal, JSON bodies only, request ids, CORS, no 5xx for bad input.
 *
 * @param first runs before any hook is added, for what must not wait for them
 * @param routes adds routes that stand straight on Fastify, before Nest's own
 */
export async function createServer(
  module: Parameters<typeof NestFactory.create>[0],
  logger: LoggerService,
  { trustProxy, first, routes, foreignErrors = [] }: ServerParts,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    clientErrorHandler: answerUnreadable,
    trustProxy: trusted(trustProxy),
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 2_048, ignoreTrailingSlash: true },
    // `Connections` ends what is idle; what still comes on a connection is answered.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    skipMiddie: true,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, error, foreignErrors),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger,
    rawBody: true,
    abortOnError: false,
  });
  const fastify: FastifyInstance = adapter.getInstance<FastifyInstance>();
  const connections = app.get(Connections);
  connections.attach(fastify.server);
  await first(fastify, app);
  fastify.addHook('preClose', (done) => {
    connections.end();
    done();
  });
  await installHooks(fastify);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(foreignErrors));
  await routes(fastify, app);
  await app.init();
  // Only JSON is spoken here; Fastify reads plain text too, and Nest's adapter brings a form parser along.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    if (fastify.hasContentTypeParser(type)) fastify.removeContentTypeParser(type);
  }
  return app;
}
