import { SYSTEM, type Principal } from '../auth/principal.js';
import type { SiteId } from '../ids.js';

/**
 * Which site's data a call may access, for whom, and for which request: the first argument of every service,
 * repository and view method.
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
