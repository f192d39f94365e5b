import '../../platform/auth/request.js';
import './reader.decorator.js';
import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS } from '../../platform/auth/principal.js';
import { bearerOf } from '../../platform/auth/request.js';
import { invalid, notFound, Problem, unauthorized } from '../../platform/http/problem.js';
import { isUuid, type CommentId } from '../../platform/ids.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import { CommentSiteResolver } from './comment-site-resolver.js';
import { ReaderDirectory } from './reader-directory.js';
import { audiencesOf } from './reader-token.js';
import { TokenCheck } from './token-check.js';

/** How a route finds the site and treats the reader token. */
interface ReaderAccess {
  /**
   * Where the site is read from: the `:site` of the path, the comment in the path's `:id`, or the token's `aud`
   * (`?site=` if there is no token).
   */
  readonly site: 'path' | 'comment' | 'token';
  /**
   * `optional`: without a token, the route returns the public response or the gate refuses. `required`: without a
   * token, the response is 401. A token that is sent must be valid on every route.
   */
  readonly token: 'optional' | 'required';
  /** Whether the reader is stored when first seen. Defaults to true for writes. */
  readonly store?: boolean;
}

const ACCESS = Symbol('reader-access');

/**
 * Marks a route that readers call. Its handler can use `@CurrentSiteContext()`, `@CurrentSite()` and
 * `@CurrentReader()`.
 */
export const ReaderRoute = (access: ReaderAccess): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, access),
    UseGuards(ReaderGuard),
    ApiSecurity('reader'),
    // An empty requirement makes authentication optional.
    ...(access.token === 'optional' ? [ApiSecurity({})] : []),
  );

/** The 401 for a request that requires a signed-in reader, used where no gate provides the site's own message. */
export const signedOut = (detail = 'You must be signed in to do this.'): Problem =>
  new Problem(401, 'signed-out', detail, {}, { 'www-authenticate': 'Bearer' });

@Injectable()
export class ReaderGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly settings: SiteSettings,
    private readonly tokens: TokenCheck,
    private readonly readers: ReaderDirectory,
    private readonly comments: CommentSiteResolver,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<ReaderAccess | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new Error('ReaderGuard needs the options that @ReaderRoute() sets');
    await this.authenticate(context.switchToHttp().getRequest<FastifyRequest>(), access);
    return true;
  }

  /**
   * Sets `site`, `siteContext`, `principal` and `reader`.
   *
   * @throws Problem 401 or 404
   */
  private async authenticate(request: FastifyRequest, access: ReaderAccess): Promise<void> {
    const token = bearerOf(request);
    if (token === null && request.headers.authorization !== undefined) throw unauthorized();
    if (token === null && access.token === 'required') throw signedOut();
    const site = await this.siteOf(request, access, token);
    request.site = site;
    if (token === null) {
      request.reader = null;
      request.principal = ANONYMOUS;
    } else {
      const claims = await this.tokens.check(token, site, wantsTokenProblems(request));
      const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
      const reader =
        (access.store ?? isWrite)
          ? await this.readers.ensure(site, claims)
          : await this.readers.find(site, claims);
      request.reader = reader;
      request.principal = { kind: 'reader', siteId: site.id, readerId: reader.id, readerKey: reader.key };
    }
    request.siteContext = { siteId: site.id, principal: request.principal, requestId: request.id };
  }

  private async siteOf(
    request: FastifyRequest,
    access: ReaderAccess,
    token: string | null,
  ): Promise<SiteFacts> {
    const params = request.params as Record<string, string | undefined>;
    switch (access.site) {
      case 'path':
        return this.settings.get(params['site'] ?? '');
      case 'comment': {
        const siteId = await this.comments.findSiteId((params['id'] ?? '') as CommentId);
        const site = siteId && (await this.settings.find(siteId));
        if (site) return site;
        // An invalid token is a 401 even if the comment does not exist.
        if (token !== null)
          await this.tokens.check(token, await this.siteOfToken(token), wantsTokenProblems(request));
        throw notFound('This comment');
      }
      case 'token':
        return token === null ? this.siteOfQuery(request) : this.siteOfToken(token, queryOf(request)['site']);
    }
  }

  private siteOfQuery(request: FastifyRequest): Promise<SiteFacts> {
    const { site } = queryOf(request);
    if (site === undefined) {
      throw invalid([
        { pointer: '/query/site', code: 'required', message: 'Name the site, or send a reader token.' },
      ]);
    }
    return this.settings.get(typeof site === 'string' ? site : '');
  }

  /**
   * Returns the site that the token is for: `requested` if the token names it, otherwise the first site that it names
   * and that exists. The token has not been verified yet.
   */
  private async siteOfToken(token: string, requested?: unknown): Promise<SiteFacts> {
    const audiences = audiencesOf(token);
    const preferred = audiences.filter(
      (audience) => isUuid(requested) && audience === requested.toLowerCase(),
    );
    for (const audience of [...preferred, ...audiences]) {
      const site = await this.settings.find(audience);
      if (site) return site;
    }
    throw unauthorized('The reader token is not valid.');
  }
}

/** The widget sends this header in development mode. */
const wantsTokenProblems = ({ headers }: FastifyRequest): boolean => headers['postbag-debug'] !== undefined;

const queryOf = (request: FastifyRequest): Record<string, unknown> =>
  (request.query ?? {}) as Record<string, unknown>;
