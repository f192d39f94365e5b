import type { SiteContext } from '../tenancy/site-context.js';
import type { Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by the guard of the route. */
    principal?: Principal;
    /** Whose data this request may touch; set by the guard where the route belongs to one site. */
    siteContext?: SiteContext;
    /** When the first of it was read: `performance.now()` of this process. */
    arrivedAtMs: number;
  }
}

/** The credentials of `Authorization: Bearer …` (RFC 6750); null when there are none of that scheme. */
export function bearerOf(request: { headers: { authorization?: string | undefined } }): string | null {
  const match = /^bearer +(\S.*?) *$/i.exec(request.headers.authorization ?? '');
  return match ? match[1] : null;
}
