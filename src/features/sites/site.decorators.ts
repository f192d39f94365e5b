import '../../platform/auth/request.js';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from './site-facts.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The settings of the request's site at the time its guard ran. */
    site?: SiteFacts;
  }
}

const requestOf = (context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>();

function requireAttached<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`this route has no guard that sets the ${name}`);
  return value;
}

/** The `SiteContext` created by the route's guard. */
export const CurrentSiteContext = createParamDecorator((_: unknown, context: ExecutionContext): SiteContext =>
  requireAttached(requestOf(context).siteContext, 'site'),
);

/** The settings (`SiteFacts`) of the request's site. */
export const CurrentSite = createParamDecorator((_: unknown, context: ExecutionContext): SiteFacts =>
  requireAttached(requestOf(context).site, 'site'),
);

/** The caller (`Principal`), for routes that do not belong to a single site. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  requireAttached(requestOf(context).principal, 'principal'),
);
