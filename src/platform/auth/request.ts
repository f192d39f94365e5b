import type { SiteContext } from '../tenancy/site-context.js';
import type { Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The authenticated caller; set by the route's guard. */
    principal?: Principal;
    /** The site whose data this request may access; set by the guard of routes that belong to one site. */
    siteContext?: SiteContext;
    /** When the first bytes of the request were read, as this process's `performance.now()`. */
    arrivedAtMs: number;
  }
}

/** The credentials of `Authorization: Bearer …` (RFC 6750); null if the header is missing or uses another scheme. */
export function bearerOf(request: { headers: { authorization?: string | undefined } }): string | null {
  const match = /^bearer +(\S.*?) *$/i.exec(request.headers.authorization ?? '');
  return match ? match[1] : null;
}
