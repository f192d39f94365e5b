import type { Entitlement } from '../entitlement.js';

/**
 * `fresh`: looked up now or within the cache time; `last-known`: the publisher does not respond and this is its last
 * result; `stated`: the publisher does not respond and this is the tier set for that case in the site's settings;
 * `nothing`: the publisher does not respond and nothing is known.
 */
export type LookupAnswer = 'fresh' | 'last-known' | 'stated' | 'nothing';

/** Result of a lookup at the publisher's endpoint for one reader. */
export interface LookupResult {
  readonly freshness: LookupAnswer;
  readonly entitlements: readonly Entitlement[];
  /** Time of the lookup. An ending reported at or after it overrides the result, as it overrides a token's claim. */
  readonly askedAt: Date;
  /** Time of the next lookup. */
  readonly validUntil: Date;
}
