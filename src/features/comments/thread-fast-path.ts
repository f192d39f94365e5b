import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from '../../platform/http/accept-language.js';
import { sendProblem } from '../../platform/http/problem.filter.js';
import { ReaderGuard, type ReaderAccess } from '../readers/reader.guard.js';
import { parseSimplePost, parseSimpleRead, type SimplePost, type SimpleRead } from './simple-requests.js';
import { SubmissionService } from './submission.service.js';
import { sendThreadForReader, PublicThreadCache } from './public-thread-cache.js';
import { ThreadService } from './thread.service.js';

const PATH = '/api/v1/sites/:site/stories/:storyKey/comments';
const ACCESS: ReaderAccess = { site: 'path', token: 'optional' };

/**
 * Handles simple thread requests and posts directly on Fastify, because guards, pipes and interceptors cost more than
 * the work itself. `ThreadController` documents the routes and handles the rest: queries and bodies that need full
 * validation, and requests with an `Idempotency-Key`.
 */
@Injectable()
export class ThreadFastPath {
  constructor(
    private readonly guard: ReaderGuard,
    private readonly threads: ThreadService,
    private readonly submission: SubmissionService,
    private readonly publicThreadCache: PublicThreadCache,
  ) {}

  /** Must be called before the controllers' routes are registered, because it wraps their handlers. */
  register(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      if (route.url !== PATH) return;
      const { handler } = route;
      const handleDirectly = this.handleDirectly.bind(this);
      route.handler = function (request, reply) {
        const handling = handleDirectly(request, reply);
        return handling ? sendErrors(handling, request, reply) : handler.call(this, request, reply);
      };
    });
  }

  /** Returns null if the controller must handle the request. */
  private handleDirectly(request: FastifyRequest, reply: FastifyReply): Promise<void> | null {
    const query = request.query as Record<string, unknown>;
    if (request.method === 'GET') {
      const read = parseSimpleRead(query);
      return read && this.read(read, request, reply);
    }
    if (request.method !== 'POST' || request.headers['idempotency-key'] !== undefined) return null;
    const post = parseSimplePost(query, request.body);
    return post && this.submit(post, request, reply);
  }

  private async read(
    { url, title, ...query }: SimpleRead,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await this.guard.authenticate(request, ACCESS);
    const { siteContext: ctx, reader } = request;
    const hint = { url, title, ip: request.ip };
    const { storyKey } = request.params as { storyKey: string };
    if (reader) {
      sendThreadForReader(reply, await this.threads.forReader(ctx!, reader, storyKey, hint, query));
      return;
    }
    const thread = await this.threads.forPublic(ctx!, storyKey, hint, query);
    await this.publicThreadCache.send(request, reply, thread);
  }

  private async submit(
    { url, title, body, parentId }: SimplePost,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await this.guard.authenticate(request, ACCESS);
    const { siteContext: ctx, site, reader = null } = request;
    const { storyKey } = request.params as { storyKey: string };
    const hint = { url, title, ip: request.ip };
    const pageLanguage = preferredLanguage(request.headers['accept-language']);
    const draft = { body, parentId, pageLanguage };
    const comment = await this.submission.submit(ctx!, site!, reader, storyKey, hint, draft);
    void reply.code(202).send(comment);
  }
}

async function sendErrors(
  handling: Promise<void>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    await handling;
  } catch (error) {
    sendProblem(request, reply, error);
  }
  return reply;
}
