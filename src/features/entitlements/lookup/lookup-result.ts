import type { Entitlement } from '../entitlement.js';

/**
 * `fresh`: just asked, or asked within the time that answers are kept; `last-known`: the publisher does not answer,
 * this is what it said before; `stated`: it does not answer, and this is what the site's settings say then;
 * `nothing`: it does not answer, and nothing is known.
 */
export type LookupAnswer = 'fresh' | 'last-known' | 'stated' | 'nothing';

/** What the publisher's own endpoint says of one reader. */
export interface LookupResult {
  readonly freshness: LookupAnswer;
  readonly entitlements: readonly Entitlement[];
  /** When it said so: an ending that was told at or after it beats it, as it does a token's claim. */
  readonly askedAt: Date;
  /** When it is asked again. */
  readonly validUntil: Date;
}
