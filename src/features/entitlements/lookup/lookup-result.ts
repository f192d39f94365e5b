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
  /** Time of the lookup. As with the claims of a token, a tier that ended at or after this time is not granted. */
  readonly requestedAt: Date;
  /** After this time the reader is looked up again. */
  readonly validUntil: Date;
}
