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
  /** Public keys stored with the site (RFC 7517), used in addition to those at `jwksUrl`. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } | null;
}

/** How the publisher's lookup endpoint is called for the entitlements of readers. */
export interface LookupSettings {
  readonly url: string;
  /**
   * `whsec_…` secrets, newest first. Requests are signed with all of them; a rotated secret is used until it expires.
   */
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
  /** Chosen by the publisher; unique within the site. */
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
 * The settings of a site that most requests need, loaded by one query. The object is immutable: a changed setting
 * results in a new object, so values derived from it can be cached by object identity, for example in a WeakMap.
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
  /** Includes overrides that have not started or have ended. Sorted by start; later ones take precedence. */
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
