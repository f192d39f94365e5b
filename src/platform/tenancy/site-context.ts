import { SYSTEM, type Principal } from '../auth/principal.js';
import type { SiteId } from '../ids.js';

/** Whose data a call may touch, for whom, and under which request: first argument of every service, repository and view method. */
export interface SiteContext {
  readonly siteId: SiteId;
  readonly principal: Principal;
  readonly requestId: string;
}

/** The context of work that no request asked for. `origin` says what did, for example the job's id. */
export function systemContext(siteId: SiteId, origin: string): SiteContext {
  return { siteId, principal: SYSTEM, requestId: origin };
}
