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

const isUnchanged = (request: FastifyRequest, etag: string): boolean => {
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
  else void reply.header('content-type', 'application/json; charset=utf-8').send(body);
}

/**
 * Answers what everybody asks before anything else of the application runs: a thread's page that is still right, by
 * its whole address. Whatever it does not know goes on to the controller, which makes it known.
 */
@Injectable()
export class ThreadFront {
  private readonly known = new LRUCache<string, PublicThread>({ max: MAX_ADDRESSES });

  constructor(private readonly clock: Clock) {}

  /** @param address the request's path and query as they came */
  learn(address: string, thread: PublicThread): void {
    if (!thread.mayKeep || address.length > MAX_ADDRESS_CHARS) return;
    this.known.set(address, thread);
    thread.held.whenDropped(() => {
      if (this.known.peek(address) === thread) this.known.delete(address);
    });
  }

  /** @returns whether the request is answered */
  answer(request: FastifyRequest, reply: FastifyReply): boolean {
    if (request.method !== 'GET' || request.headers.authorization !== undefined) return false;
    const thread = this.known.get(request.url);
    if (!thread?.held.isFresh(this.clock.nowMs())) return false;
    // The hooks that say these for other routes have not run yet.
    void reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'etag, x-request-id')
      .header('x-content-type-options', 'nosniff')
      .header('x-request-id', request.id);
    sendPublicThread(request, reply, thread);
    return true;
  }
}

/** To be called before any other hook is added: they all cost something, and the front page of a thread needs none. */
export function registerThreadRoute(fastify: FastifyInstance, front: ThreadFront): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!front.answer(request, reply)) done();
  });
}
