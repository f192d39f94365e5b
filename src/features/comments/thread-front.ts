import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.js';
import type { PublicThread } from './thread.service.js';

const MAX_ADDRESSES = 5_000;
/** Longer ones carry something of a caller's own, and are not asked for twice. */
const MAX_ADDRESS_CHARS = 512;

/** Everybody may keep it and must ask whether it still holds: a comment is live at once, and gone at once. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate';

const JSON_TYPE = 'application/json; charset=utf-8';

const isUnchanged = (request: Pick<IncomingMessage, 'headers'>, etag: string): boolean => {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  if (header === etag || header === '*') return true;
  // Weak comparison (RFC 9110, section 13.1.2): proxies that compress make validators weak.
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
};

/** Sends a thread as everybody sees it, or 304. */
export function sendPublicThread(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: PublicThread,
): void {
  void reply.header('etag', etag).header('cache-control', CACHE_CONTROL).header('vary', 'Authorization');
  if (isUnchanged(request, etag)) void reply.code(304).send();
  else void reply.header('content-type', JSON_TYPE).send(body);
}

interface KnownThread extends PublicThread {
  /** Names and values in turn, as Node takes them. */
  readonly headers: { readonly full: readonly string[]; readonly unchanged: readonly string[] };
}

/** With what hooks say on other routes: they do not run here. */
function headersOf({ body, etag }: PublicThread): KnownThread['headers'] {
  const unchanged = [
    'etag',
    etag,
    'cache-control',
    CACHE_CONTROL,
    'vary',
    'Authorization',
    'access-control-allow-origin',
    '*',
    'access-control-expose-headers',
    'etag, x-request-id',
    'x-content-type-options',
    'nosniff',
  ];
  return {
    unchanged,
    full: [...unchanged, 'content-type', JSON_TYPE, 'content-length', String(body.length)],
  };
}

/**
 * Answers what everybody asks before anything else of the application runs: a thread's page that is still right, by
 * its whole address. Whatever it does not know goes on to the controller, which makes it known.
 */
@Injectable()
export class ThreadFront {
  private readonly known = new LRUCache<string, KnownThread>({ max: MAX_ADDRESSES });

  constructor(private readonly clock: Clock) {}

  /** @param address the request's path and query as they came */
  learn(address: string, thread: PublicThread): void {
    if (!thread.mayKeep || address.length > MAX_ADDRESS_CHARS) return;
    const known: KnownThread = { ...thread, headers: headersOf(thread) };
    this.known.set(address, known);
    thread.held.whenDropped(() => {
      if (this.known.peek(address) === known) this.known.delete(address);
    });
  }

  /** @returns whether the request is answered */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' || request.headers.authorization !== undefined) return false;
    const thread = this.known.get(request.url ?? '');
    if (!thread?.held.isFresh(this.clock.nowMs())) return false;
    const unchanged = isUnchanged(request, thread.etag);
    const headers = unchanged ? thread.headers.unchanged : thread.headers.full;
    response.writeHead(unchanged ? 304 : 200, [...headers, 'x-request-id', randomUUID()]);
    response.end(unchanged ? undefined : thread.body);
    return true;
  }
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Puts the front before everything that listens to requests so far, Fastify itself among it: routing, hooks and reply
 * cost more than the answer does, and nothing is asked for as often.
 */
export function registerThreadRoute(fastify: FastifyInstance, front: ThreadFront): void {
  const { server } = fastify;
  const behind = server.listeners('request') as Listener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (front.answer(request, response)) return;
    for (const listener of behind) listener.call(server, request, response);
  });
}
