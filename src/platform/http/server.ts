import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cors from '@fastify/cors';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from '../observability/metrics.js';
import { observeRequests } from '../observability/request-metrics.js';
import {
  allowsAnyOrigin,
  CORS,
  CORS_HEADERS,
  isHttps,
  securityHeaders,
  trustedProxy,
} from './response-headers.js';
import { Connections } from './connections.js';
import { isDeeperThan, MAX_BODY_DEPTH } from './body-depth.js';
import { compressResponse } from './compression.js';
import { acceptAsFile, isFileRoute, addFileParser } from './file-routes.js';
import { hasBody } from './has-body.js';
import { readLenientJson } from './lenient-json.js';
import { malformed, Problem } from './problem.js';
import { ProblemFilter, sendProblem, type ErrorFormat } from './problem.filter.js';
import { clientErrorHandler } from './client-error-handler.js';
import { SlowRequests } from './slow-requests.js';
import { ValidationPipe } from './validation.pipe.js';

/** Fits a comment of 20,000 bytes, fully escaped as JSON, and the largest settings documents. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** Larger than Node's default of 16 kB, so that a reader token over the limit of 8 kB gets a 401 instead of a 431. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Time limit for the headers, from the start of the connection or the first byte of a further request on it. */
const HEADERS_MS = 20_000;
const CHECK_CONNECTIONS_MS = 5_000;

function containsNul(url: string): boolean {
  return url.includes('\0') || /%00/.test(url);
}

const ABSOLUTE_FORM = /^https?:\/\/[^/?#]*/i;

/**
 * The request target as a path. Clients may send the absolute form (RFC 9112, section 3.2.2). Its host is removed
 * here, before any rule compares `request.url` with paths or derives anything from it.
 */
function pathOf({ url = '/' }: { url?: string | undefined }): string {
  const path = url.replace(ABSOLUTE_FORM, '');
  return path.startsWith('/') || url === '*' ? path : `/${path}`;
}

/** The server does not decompress request bodies; RFC 9110, section 8.4, specifies 415 for an unsupported coding. */
const isEncoded = (coding: string | undefined): boolean =>
  coding !== undefined && !/^\s*(identity\s*)?$/i.test(coding);
const encodedBody = (): Problem =>
  new Problem(415, 'unsupported-media-type', 'Send the body uncompressed, without Content-Encoding.');

async function installHooks(
  fastify: FastifyInstance,
  isSecure: (request: FastifyRequest) => boolean,
): Promise<void> {
  await fastify.register(cookie);
  await fastify.register(cors, {
    delegator: (request, done) =>
      done(null, allowsAnyOrigin(request.url ?? '') ? CORS : { ...CORS, origin: false }),
  });
  fastify.decorateRequest('arrivedAtMs', 0);
  fastify.addHook('onRequest', (request, reply, done) => {
    request.arrivedAtMs = performance.now();
    void reply.header('x-request-id', request.id);
    void reply.headers(securityHeaders(request.url, isSecure(request)));
    // Many clients send a JSON content type with every request. Without a body it is ignored, because an empty text is
    // not valid JSON.
    if (/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '') && !hasBody(request))
      delete request.headers['content-type'];
    if (isFileRoute(request)) acceptAsFile(request);
    // PostgreSQL's text type cannot store NUL, and no valid URL of this server contains it.
    if (containsNul(request.url)) done(malformed('The URL contains a NUL character.'));
    else if (isEncoded(request.headers['content-encoding'])) done(encodedBody());
    else done();
  });
  fastify.addHook('onSend', compressResponse);
  fastify.addHook('preValidation', (request, _reply, done) => {
    const { rawBody } = request as FastifyRequest & { rawBody?: Buffer };
    // The JSON parser's decoder replaces invalid bytes with U+FFFD, so the stored text would differ from what was sent.
    if (rawBody && !isUtf8(rawBody)) done(malformed('The body is not valid UTF-8.'));
    else if (isDeeperThan(MAX_BODY_DEPTH, request.body)) done(malformed('The body is nested too deeply.'));
    else done();
  });
}

type ServerExtension = (fastify: FastifyInstance, app: NestFastifyApplication) => Promise<void> | void;

export interface ServerOptions {
  /** As in `Settings`. */
  readonly publicUrl: string;
  /** As in `Settings`. */
  readonly trustProxy: number | readonly string[] | null;
  readonly beforeHooks: ServerExtension;
  readonly routes: ServerExtension;
  /** Path prefixes of other products' APIs, with their error formats. */
  readonly errorFormats?: readonly ErrorFormat[];
}

/**
 * Creates a Nest application on Fastify with this product's HTTP conventions: problem+json (RFC 9457) for every
 * refusal, JSON bodies only, request ids, CORS, no 5xx for bad input.
 *
 * @param options.beforeHooks runs before hooks are added, for handlers that must run before them
 * @param options.routes adds routes directly to Fastify, before those of Nest
 */
export async function createServer(
  module: Parameters<typeof NestFactory.create>[0],
  logger: LoggerService,
  { publicUrl, trustProxy, beforeHooks, routes, errorFormats = [] }: ServerOptions,
): Promise<NestFastifyApplication> {
  const isTrusted = trustedProxy(trustProxy);
  const isSecure = ({ raw }: FastifyRequest): boolean =>
    isHttps(raw.headers['x-forwarded-proto'] as string | undefined, raw.socket.remoteAddress, isTrusted);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // No time limit for whole requests, because the upload of an import may take long. `SlowRequests` ends requests
    // whose body stalls or arrives very slowly.
    requestTimeout: 0,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
    },
    clientErrorHandler: clientErrorHandler(publicUrl),
    trustProxy: trustProxy === null ? false : isTrusted,
    genReqId: () => randomUUID(),
    rewriteUrl: pathOf,
    routerOptions: { maxParamLength: 2_048, ignoreTrailingSlash: true },
    // `Connections` closes idle connections; requests that still arrive on a connection get a response.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    skipMiddie: true,
    // Called for a URL that cannot be parsed. No hooks run in that case.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(securityHeaders(request.url, isSecure(request)));
      if (allowsAnyOrigin(request.url)) void reply.headers(CORS_HEADERS);
      sendProblem(request, reply, error, publicUrl, errorFormats);
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger,
    rawBody: true,
    abortOnError: false,
  });
  const fastify: FastifyInstance = adapter.getInstance<FastifyInstance>();
  const connections = app.get(Connections);
  connections.attach(fastify.server);
  app.get(SlowRequests).attach(fastify.server);
  await beforeHooks(fastify, app);
  fastify.addHook('preClose', (done) => {
    connections.end();
    done();
  });
  observeRequests(fastify, app.get(Metrics));
  await installHooks(fastify, isSecure);
  readLenientJson(
    fastify,
    errorFormats.map(({ prefix }) => prefix),
  );
  addFileParser(fastify);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(publicUrl, errorFormats));
  await routes(fastify, app);
  await app.init();
  // The API accepts only JSON. Remove Fastify's parser for plain text and the form parser that Nest's adapter adds.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    if (fastify.hasContentTypeParser(type)) fastify.removeContentTypeParser(type);
  }
  return app;
}
