import { SYSTEM, type Principal } from '../auth/principal.js';
import type { SiteId } from '../ids.js';

/**
 * The site whose data a call may access, the principal for whom it runs, and the request that caused it. It is the
 * first argument of the methods of services and views; repositories take the transaction before it.
 */
export interface SiteContext {
  readonly siteId: SiteId;
  readonly principal: Principal;
  readonly requestId: string;
}

/** The context of work that no request caused. `origin` identifies the work, for example by the job's id. */
export function systemContext(siteId: SiteId, origin: string): SiteContext {
  return { siteId, principal: SYSTEM, requestId: origin };
}
