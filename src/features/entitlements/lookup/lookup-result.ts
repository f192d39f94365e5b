import type { Entitlement } from '../entitlement.js';

/**
 * `fresh`: looked up now or within the cache time; `last-known`: the publisher does not respond and this is its last
 * result; `stated`: the publisher does not respond and this is the tier set for that case in the site's settings;
 * `nothing`: the publisher does not respond and there is no result to use.
 */
export type LookupFreshness = 'fresh' | 'last-known' | 'stated' | 'nothing';

/** Result of a lookup at the publisher's endpoint for one reader. */
export interface LookupResult {
  readonly freshness: LookupFreshness;
  readonly entitlements: readonly Entitlement[];
  /** Time of the lookup. A tier that was lost at or after it does not count. Token claims work the same way. */
  readonly askedAt: Date;
  /** Looked up again if used after this. */
  readonly validUntil: Date;
}
