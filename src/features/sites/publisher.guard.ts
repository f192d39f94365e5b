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
 * Marks a publisher route. It accepts the admin key, a key with the scope, or a console session whose role includes
 * it. If the path has a `:site`, the handler can use `@CurrentSiteContext()` and `@CurrentSite()`, and a site that the
 * caller has no access to is a 404.
 */
export const PublisherScope = (scope: RequiredScope): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(SCOPE, scope),
    UseGuards(PublisherGuard),
    ApiSecurity('publisher', [keyScopeFor(scope)]),
    ApiSecurity('moderator'),
  );

/** For read-only routes of a `@PublisherScope('moderation')` controller: viewers may call them too. */
export const AllowViewers = (): MethodDecorator =>
  SetMetadata(SCOPE, 'moderation-read' satisfies RequiredScope);

/**
 * For routes that show or change a secret, or change who has access. A session must have confirmed its password
 * recently.
 */
export const RequiresConfirmation = (): MethodDecorator & ClassDecorator => SetMetadata(CONFIRMED, true);

/** For routes of one site whose response covers the whole site: roles limited to sections are refused. */
export const RequiresWholeSite = (): MethodDecorator & ClassDecorator => SetMetadata(WHOLE_SITE, true);

/**
 * Refuses moderators limited to sections, for actions that affect the whole site.
 *
 * @param statement start of the sentence that explains why, such as "A ban counts everywhere on the site"
 * @throws Problem 403 `whole-site-required`
 */
export function requireWholeSite({ principal, siteId }: SiteContext, statement: string): void {
  const sections = sectionsOn(principal, siteId);
  if (sections === null) return;
  throw forbidden(
    'whole-site-required',
    `${statement}, and your role is limited to sections: ask a colleague who moderates the whole site.`,
    { sections },
  );
}

/** The 403 for a known caller who lacks the required scope or role. */
export function scopeProblem(principal: PublisherPrincipal, required: RequiredScope): Problem {
  const scope = keyScopeFor(required);
  if (principal.kind !== 'moderator')
    return forbidden('scope-required', `This key does not have the scope "${scope}".`, {
      requiredScope: scope,
    });
  return forbidden(
    'role-required',
    required === 'moderation'
      ? 'Viewers can read everything here but cannot make decisions.'
      : 'Your role on this site does not allow this.',
  );
}

/** The 403 for a session without the second factor that the site requires. */
export const secondFactorRequired = (): Problem =>
  forbidden(
    'second-factor-required',
    'This site requires a second factor from its team: set one up under /api/v1/console/second-factor, or sign in with it.',
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

  /** Logs refused requests of authenticated callers. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      await this.authorize(context, request);
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

  private async authorize(context: ExecutionContext, request: FastifyRequest): Promise<void> {
    const scope = this.reflector.getAllAndOverride<RequiredScope | undefined>(SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!scope) throw new Error('PublisherGuard found no scope: apply it with @PublisherScope()');
    const principal = await this.auth.principalOf(request);
    if (!principal) throw unauthorized();
    request.principal = principal;
    if (!hasScope(principal, scope)) throw scopeProblem(principal, scope);
    const { site: siteId } = request.params as { site?: string };
    if (siteId !== undefined) await this.authorizeSite(request, principal, scope, siteId);
    const needsWholeSite = this.reflector.getAllAndOverride<boolean | undefined>(WHOLE_SITE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needsWholeSite) requireWholeSite(request.siteContext!, 'These figures cover the whole site');
    const needsConfirmation = this.reflector.getAllAndOverride<boolean | undefined>(CONFIRMED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needsConfirmation) requireConfirmation(principal, this.clock.nowMs());
  }

  private async authorizeSite(
    request: FastifyRequest,
    principal: PublisherPrincipal,
    scope: RequiredScope,
    siteId: string,
  ): Promise<void> {
    const site = await this.settings.find(siteId);
    const access = site ? siteAccess(principal, scope, site.id) : 'hidden';
    if (!site || access === 'hidden') throw notFound('This site');
    if (access === 'needs-second-factor') throw secondFactorRequired();
    if (access === 'refused') throw scopeProblem(principal, scope);
    request.site = site;
    request.siteContext = { siteId: site.id, principal, requestId: request.id };
  }
}
