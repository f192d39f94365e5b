import '../../platform/auth/request.js';
import './site.decorators.js';
import {
  applyDecorators,
  Injectable,
  Logger,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { requireConfirmation } from '../../platform/auth/confirmation.js';
import { callerOf, sectionsOn } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { forbidden, notFound, Problem, unauthorized } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherAuth } from './publisher-auth.js';
import {
  hasScope,
  siteAccess,
  keyScopeFor,
  type RequiredScope,
  type PublisherPrincipal,
} from './publisher-access.js';
import { SiteSettings } from './site-settings.js';

const SCOPE = Symbol('publisher-scope');
const CONFIRMED = Symbol('confirmed');
const WHOLE_SITE = Symbol('whole-site');

/**
 * The route is one of the publisher's: it takes the admin key, a key with that scope, or a console session whose
 * role includes it. Where the path has a `:site`, `@Site()` and `@Facts()` are set for the handler, and a site that
 * is not the caller's is a 404.
 */
export const PublisherScope = (scope: RequiredScope): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(SCOPE, scope),
    UseGuards(PublisherGuard),
    ApiSecurity('publisher', [keyScopeFor(scope)]),
    ApiSecurity('moderator'),
  );

/** On a route of a `@PublisherScope('moderation')` controller that only reads: viewers may call it too. */
export const AllowViewers = (): MethodDecorator =>
  SetMetadata(SCOPE, 'moderation-read' satisfies RequiredScope);

/** What shows or changes a secret, or who has a say: of a session it takes the password again, unless that was lately. */
export const RequiresConfirmation = (): MethodDecorator & ClassDecorator => SetMetadata(CONFIRMED, true);

/** On a route of one site whose answer is about all of it: a role that is limited to sections is refused. */
export const RequiresWholeSite = (): MethodDecorator & ClassDecorator => SetMetadata(WHOLE_SITE, true);

/**
 * What reaches beyond the sections that a moderator is limited to.
 *
 * @param what begins the sentence that says why, as "A ban counts everywhere on the site"
 * @throws Problem 403 `whole-site-required`
 */
export function requireWholeSite({ principal, siteId }: SiteContext, what: string): void {
  const sections = sectionsOn(principal, siteId);
  if (sections === null) return;
  throw forbidden(
    'whole-site-required',
    `${what}, and your role is limited to sections: ask a colleague who moderates the whole site.`,
    { sections },
  );
}

/** The refusal of a caller who may do other things here, but not this. */
export function scopeProblem(principal: PublisherPrincipal, need: RequiredScope): Problem {
  const scope = keyScopeFor(need);
  if (principal.kind !== 'moderator')
    return forbidden('scope-required', `This key lacks the scope "${scope}".`, { requiredScope: scope });
  return forbidden(
    'role-required',
    need === 'moderation'
      ? 'Viewers read everything here and decide nothing.'
      : 'Your role on this site does not include this.',
  );
}

/** The refusal of a session that has not given the second factor that the site asks for. */
export const secondFactorRequired = (): Problem =>
  forbidden(
    'second-factor-required',
    'This site asks its team for a second factor: set one up below /api/v1/console/second-factor, or sign in with it.',
  );

@Injectable()
export class PublisherGuard implements CanActivate {
  private readonly logger = new Logger('access');

  constructor(
    private readonly reflector: Reflector,
    private readonly auth: PublisherAuth,
    private readonly settings: SiteSettings,
    private readonly clock: Clock,
  ) {}

  /** Somebody known who tries what is not theirs shows in the log: who, where, and why not. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      await this.admit(context, request);
      return true;
    } catch (error) {
      const { principal } = request;
      if (error instanceof Problem && principal && (error.status === 403 || error.status === 404)) {
        this.logger.log({
          event: 'access.refused',
          code: error.code,
          caller: callerOf(principal),
          method: request.method,
          route: request.routeOptions.url,
          requestId: request.id,
        });
      }
      throw error;
    }
  }

  private async admit(context: ExecutionContext, request: FastifyRequest): Promise<void> {
    const scope = this.reflector.getAllAndOverride<RequiredScope | undefined>(SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!scope) throw new Error('PublisherGuard is set by @PublisherScope()');
    const principal = await this.auth.principalOf(request);
    if (!principal) throw unauthorized();
    request.principal = principal;
    if (!hasScope(principal, scope)) throw scopeProblem(principal, scope);
    const { site: wanted } = request.params as { site?: string };
    if (wanted !== undefined) await this.enterSite(request, principal, scope, wanted);
    const isOfAll = this.reflector.getAllAndOverride<boolean | undefined>(WHOLE_SITE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isOfAll) requireWholeSite(request.siteContext!, 'These are figures of the whole site');
    const isConfirmed = this.reflector.getAllAndOverride<boolean | undefined>(CONFIRMED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isConfirmed) requireConfirmation(principal, this.clock.nowMs());
  }

  private async enterSite(
    request: FastifyRequest,
    principal: PublisherPrincipal,
    scope: RequiredScope,
    wanted: string,
  ): Promise<void> {
    const site = await this.settings.find(wanted);
    const reach = site ? siteAccess(principal, scope, site.id) : 'hidden';
    if (!site || reach === 'hidden') throw notFound('This site');
    if (reach === 'closed') throw secondFactorRequired();
    if (reach === 'refused') throw scopeProblem(principal, scope);
    request.site = site;
    request.siteContext = { siteId: site.id, principal, requestId: request.id };
  }
}
