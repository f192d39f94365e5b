import type { SecretVersion } from '../../platform/config/secret-versions.js';
import type { SiteId } from '../../platform/ids.js';
import type { PartialPolicy, Policy } from './policy.js';

/** A named subscription level. A tier with a higher `rank` includes everything that lower ones allow. */
export interface Tier {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  /** Where a reader can subscribe to this tier. */
  readonly upgradeUrl: string | null;
  readonly badge: string | null;
}

export type SsoFamily = 'hmac' | 'public-key';

export interface SsoSecret {
  /** The secret's UTF-8 bytes. */
  readonly key: Uint8Array;
  /** Until when a rotated secret is still accepted; null: the current one. */
  readonly until: Date | null;
}

/** How reader tokens of the site are verified. Exactly one family of algorithms is allowed. */
export interface SsoSettings {
  readonly family: SsoFamily;
  readonly issuer: string | null;
  readonly secrets: readonly SsoSecret[];
  readonly jwksUrl: string | null;
  /** Keys registered with us (RFC 7517), used in addition to those at `jwksUrl`. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } | null;
}

/** Where and how the publisher is asked for its readers' entitlements. */
export interface LookupSettings {
  readonly url: string;
  /** `whsec_…` secrets, newest first. All of them sign; a rotated one until it expires. */
  readonly secrets: readonly { readonly secret: string; readonly until: Date | null }[];
  /** How long a response is cached. */
  readonly cacheMs: number;
  readonly timeoutMs: number;
  /** What applies while the lookup endpoint does not respond: `last-known`, `nothing`, or the tier with this key. */
  readonly whenDown: string;
}

/** The settings of Coral's external moderation phase, as the publisher entered them. */
export interface CoralPhase {
  /** Secrets that may sign requests, newest first. A replaced one is accepted until it expires. */
  readonly secrets: readonly SecretVersion[];
  /** How long Coral is configured to wait for a response. */
  readonly timeoutMs: number;
}

/** Temporary policy settings for a section, a story or the whole site. */
export interface Override {
  /** The publisher's own name for the override. */
  readonly key: string;
  /** Limits the override to stories of this section; null: any section. */
  readonly section: string | null;
  /** Limits the override to this story; null: any story. */
  readonly storyKey: string | null;
  /** Start, inclusive; null: immediately. */
  readonly from: Date | null;
  /** End, exclusive; null: until it is deleted. */
  readonly until: Date | null;
  readonly note: string | null;
  readonly policy: PartialPolicy;
}

/**
 * All settings of a site that the hot paths need, loaded by one query. The object is immutable: a changed setting
 * results in a new object, so derived values may be cached with it (in a WeakMap, or by comparing identity).
 */
export interface SiteFacts {
  readonly id: SiteId;
  readonly name: string;
  /** Scheme, host and port, formatted like `URL.origin`. */
  readonly origins: readonly string[];
  /** Where readers of the site sign in. */
  readonly signInUrl: string | null;
  /** Complete: the defaults with the site's changes. */
  readonly policy: Policy;
  /** Includes future and ended ones. Sorted by start; later ones take precedence. */
  readonly overrides: readonly Override[];
  /** Number of the policy version, from 1. Decisions record the version they were made under. */
  readonly policyVersion: number;
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly sso: SsoSettings;
  /** A draft policy in shadow mode, with the site's facts under that draft; null: none. */
  readonly shadow: { readonly id: string; readonly site: SiteFacts } | null;
  /** Null: no lookup is configured. */
  readonly lookUp: LookupSettings | null;
  /** Null: the Coral integration is not configured. */
  readonly coralPhase: CoralPhase | null;
}
