import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../platform/cache-size.js';
import { Clock } from '../../platform/clock.js';
import { Connections } from '../../platform/http/connections.js';
import type { PublicThread } from './thread.service.js';

const MAX_ADDRESSES = 5_000;
/** Longer ones carry something of a caller's own, and are not asked for twice. */
const MAX_ADDRESS_CHARS = 512;

/** Everybody may keep it and must ask whether it still holds: a comment is live at once, and gone at once. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate';

const JSON_TYPE = 'application/json; charset=utf-8';

function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch === '*') return true;
  // Weak comparison (RFC 9110, section 13.1.2): proxies that compress make validators weak.
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

/** Sends a thread as everybody sees it, or 304. */
export function sendPublicThread(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: PublicThread,
): void {
  void reply.header('etag', etag).header('cache-control', CACHE_CONTROL).header('vary', 'Authorization');
  if (isUnchanged(request.headers['if-none-match'], etag)) void reply.code(304).send();
  else void reply.header('content-type', JSON_TYPE).send(body);
}

/** Sends a thread as one reader sees it. */
export function sendOwnThread(reply: FastifyReply, json: Buffer): void {
  void reply.header('cache-control', 'private, no-store').header('content-type', JSON_TYPE).send(json);
}

interface KnownThread extends PublicThread {
  /** Names and values in turn, as Node takes them. */
  readonly headers: { readonly full: string[]; readonly unchanged: string[] };
}

/** With what hooks say on other routes, as far as it counts here: each header costs as much as the whole look-up. */
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
  private readonly known = new LRUCache<string, KnownThread>({ ...upTo(MAX_ADDRESSES) });

  constructor(
    private readonly clock: Clock,
    private readonly connections: Connections,
  ) {}

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
    if (request.method !== 'GET' || this.connections.areEnding) return false;
    const thread = this.known.get(request.url ?? '');
    const nowMs = this.clock.nowMs();
    if (!thread?.held.isFresh(nowMs) || nowMs >= thread.untilMs) return false;
    let ifNoneMatch: string | undefined;
    const { rawHeaders } = request;
    for (let n = 0; n < rawHeaders.length; n += 2) {
      // Both names that matter have thirteen letters, and few others do.
      if (rawHeaders[n].length !== 13) continue;
      const name = rawHeaders[n].toLowerCase();
      if (name === 'authorization') return false;
      if (name === 'if-none-match') ifNoneMatch = rawHeaders[n + 1];
    }
    if (isUnchanged(ifNoneMatch, thread.etag)) response.writeHead(304, thread.headers.unchanged).end();
    else response.writeHead(200, thread.headers.full).end(thread.body);
    return true;
  }
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Puts the front before everything that listens to requests so far, Fastify itself among it: routing, hooks and reply
 * cost more than the answer does, and nothing is asked for as often.
 */
export function registerThreadFront(fastify: FastifyInstance, front: ThreadFront): void {
  const { server } = fastify;
  const behind = server.listeners('request') as Listener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (front.answer(request, response)) return;
    for (const listener of behind) listener.call(server, request, response);
  });
}
