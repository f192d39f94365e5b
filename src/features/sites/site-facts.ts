import type { SiteId } from '../../platform/ids.js';
import type { Policy } from './policy.js';

/** A named level of subscription; a higher `rank` includes what a lower one may. */
export interface Tier {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  /** Where a reader gets this tier. */
  readonly upgradeUrl: string | null;
  readonly badge: string | null;
}

export type SsoFamily = 'hmac' | 'public-key';

export interface SsoSecret {
  /** The secret's UTF-8 bytes. */
  readonly key: Uint8Array;
  /** Until when a rotated secret still counts; null: the one in use. */
  readonly until: Date | null;
}

/** How reader tokens of the site are checked: one family of algorithms, never both. */
export interface SsoSettings {
  readonly family: SsoFamily;
  readonly issuer: string | null;
  readonly secrets: readonly SsoSecret[];
  readonly jwksUrl: string | null;
  /** Keys registered with us (RFC 7517), used besides those at `jwksUrl`. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } | null;
}

/**
 * Everything the hot paths ask of a site, loaded by one query and never changed: when a setting changes
 * there is a new object, so what was derived from one may be kept with it (a WeakMap, or a comparison).
 */
export interface SiteFacts {
  readonly id: SiteId;
  readonly name: string;
  /** Scheme, host and port, as `URL.origin` writes them. */
  readonly origins: readonly string[];
  /** Where readers of the site sign in. */
  readonly signInUrl: string | null;
  /** Complete: the defaults and what the site changed. */
  readonly policy: Policy;
  /** Counts the policy's changes from 1; decisions keep the one they were made under. */
  readonly policyVersion: number;
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly sso: SsoSettings;
}
