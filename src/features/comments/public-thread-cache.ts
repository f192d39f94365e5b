import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import {
  CORS_HEADERS,
  HTTPS_HEADERS,
  isHttps,
  securityHeaders,
  type TrustedProxy,
} from '../../platform/http/response-headers.js';
import { Connections } from '../../platform/http/connections.js';
import { codingFor, type Coding } from '../../platform/http/content-coding.js';
import type { CompressedBody, Representation } from './compressed-body.js';
import type { CachedThreadPage } from './thread-page-cache.js';
import type { PublicThread } from './thread.service.js';

const MAX_CACHED_URLS = 5_000;
/** Longer URLs are not cached: they contain values of one caller, so they are not requested again. */
const MAX_URL_CHARS = 512;

/** Anyone may store the response but must revalidate it, so that new and removed comments take effect immediately. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate';

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Whether the client already has the representation that `etag` identifies. Uses weak comparison (RFC 9110,
 * section 13.1.2), because proxies weaken validators.
 */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch === '*') return true;
  const opaqueTag = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => opaqueTag(tag) === opaqueTag(etag));
}

/** Headers of a thread's response, for 200 and 304 alike. */
const threadHeaders = ({ etag }: Representation): Record<string, string> => ({
  etag,
  'cache-control': CACHE_CONTROL,
  vary: 'Authorization, Accept-Encoding',
});

/** Additional headers of a 200 response. */
const bodyHeaders = ({ bytes, coding }: Representation): Record<string, string> => ({
  'content-type': JSON_TYPE,
  'content-length': String(bytes.length),
  ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
});

/** Sends a thread as seen by one reader. */
export function sendThreadForReader(reply: FastifyReply, json: Buffer): void {
  void reply
    .header('cache-control', 'private, no-store')
    .header('vary', 'Authorization')
    .header('content-type', JSON_TYPE)
    .send(json);
}

/** A representation with the headers of its responses: alternating names and values, as Node expects them. */
interface CachedResponse {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly fullHeaders: readonly string[];
  readonly notModifiedHeaders: readonly string[];
}

interface CachedThread {
  readonly cachedPage: CachedThreadPage;
  readonly body: CompressedBody;
  readonly validUntilMs: number;
  readonly responses: Partial<Record<Coding, CachedResponse>>;
}

/** Adds the headers that the server's hooks would set, because cached responses skip the hooks. */
function buildCachedResponse(url: string, representation: Representation): CachedResponse {
  const notModifiedHeaders = Object.entries({
    ...securityHeaders(url, false),
    ...CORS_HEADERS,
    ...threadHeaders(representation),
  }).flat();
  const { bytes, etag } = representation;
  return {
    bytes,
    etag,
    notModifiedHeaders,
    fullHeaders: [...notModifiedHeaders, ...Object.entries(bodyHeaders(representation)).flat()],
  };
}

const HTTPS_HEADER_LIST = Object.entries(HTTPS_HEADERS).flat();

/** The request headers that affect the response. Parsing the others would cost as much as the cache lookup. */
interface RelevantHeaders {
  authorization?: string;
  'if-none-match'?: string;
  'accept-encoding'?: string;
  'x-forwarded-proto'?: string;
}
const RELEVANT_HEADER_LENGTHS = new Set(
  ['authorization', 'if-none-match', 'accept-encoding', 'x-forwarded-proto'].map(({ length }) => length),
);

function pickRelevantHeaders(rawHeaders: readonly string[]): RelevantHeaders {
  const relevantHeaders: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (RELEVANT_HEADER_LENGTHS.has(rawHeaders[index].length))
      relevantHeaders[rawHeaders[index].toLowerCase()] = rawHeaders[index + 1];
  }
  return relevantHeaders;
}

/**
 * Responds to signed-out requests for a thread from a cache keyed by the full URL, before the rest of the application
 * runs. Requests without a current cache entry go to the controller, which fills the cache.
 */
@Injectable()
export class PublicThreadCache {
  private readonly cached = new LRUCache<string, CachedThread>({ ...maxEntries(MAX_CACHED_URLS) });

  constructor(
    private readonly clock: Clock,
    private readonly connections: Connections,
  ) {}

  /** Sends a public thread, or 304, and caches it for the next request. */
  async send(request: FastifyRequest, reply: FastifyReply, thread: PublicThread): Promise<void> {
    const coding = codingFor(request.headers['accept-encoding']);
    const representation = await thread.body.representationFor(coding);
    this.store(request.url, coding, thread, representation);
    void reply.headers(threadHeaders(representation));
    if (isUnchanged(request.headers['if-none-match'], representation.etag)) void reply.code(304).send();
    else void reply.headers(bodyHeaders(representation)).send(representation.bytes);
  }

  /** @param url the request's path and query, unchanged */
  private store(
    url: string,
    coding: Coding,
    { cachedPage, body, validUntilMs, isCacheable }: PublicThread,
    representation: Representation,
  ): void {
    if (!isCacheable || url.length > MAX_URL_CHARS) return;
    const response = buildCachedResponse(url, representation);
    const existing = this.cached.get(url);
    if (existing?.body === body) {
      existing.responses[coding] = response;
      return;
    }
    const entry: CachedThread = {
      cachedPage,
      body,
      validUntilMs,
      responses: { [coding]: response },
    };
    this.cached.set(url, entry);
    cachedPage.onEvicted(() => {
      if (this.cached.peek(url) === entry) this.cached.delete(url);
    });
  }

  /** @returns whether a response was sent */
  tryRespond(request: IncomingMessage, response: ServerResponse, isTrusted: TrustedProxy): boolean {
    if (request.method !== 'GET' || this.connections.isClosing) return false;
    const thread = this.cached.get(request.url ?? '');
    const nowMs = this.clock.nowMs();
    if (!thread?.cachedPage.isFresh(nowMs) || nowMs >= thread.validUntilMs) return false;
    const relevantHeaders = pickRelevantHeaders(request.rawHeaders);
    if (relevantHeaders.authorization !== undefined) return false;
    const cached = thread.responses[codingFor(relevantHeaders['accept-encoding'])];
    if (!cached) return false;
    const isSecure = isHttps(relevantHeaders['x-forwarded-proto'], request.socket.remoteAddress, isTrusted);
    const perRequestHeaders = ['x-request-id', randomUUID(), ...(isSecure ? HTTPS_HEADER_LIST : [])];
    if (isUnchanged(relevantHeaders['if-none-match'], cached.etag))
      response.writeHead(304, [...cached.notModifiedHeaders, ...perRequestHeaders]).end();
    else response.writeHead(200, [...cached.fullHeaders, ...perRequestHeaders]).end(cached.bytes);
    return true;
  }
}

/**
 * Runs the cache before all existing request listeners, including Fastify itself. Routing, hooks and reply handling
 * cost more than the cached response, and this is the most frequent request.
 */
export function registerPublicThreadCache(
  fastify: FastifyInstance,
  cache: PublicThreadCache,
  isTrusted: TrustedProxy,
): void {
  const { server } = fastify;
  type Listener = (request: IncomingMessage, response: ServerResponse) => void;
  const listeners = server.listeners('request') as Listener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (cache.tryRespond(request, response, isTrusted)) return;
    for (const listener of listeners) listener.call(server, request, response);
  });
}
