import type { SecretVersion } from '../../platform/config/secret-versions.js';
import type { SiteId } from '../../platform/ids.js';
import type { PartialPolicy, Policy } from './policy.js';

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

/** Where and how a site's publisher is asked what its readers are entitled to. */
export interface LookupSettings {
  readonly url: string;
  /** `whsec_…`, each of which signs; the newest first, a rotated one until its end. */
  readonly secrets: readonly { readonly secret: string; readonly until: Date | null }[];
  /** How long an answer is kept. */
  readonly cacheMs: number;
  readonly timeoutMs: number;
  /** What counts while it does not answer: `last-known`, `nothing`, or the tier of this key. */
  readonly whenDown: string;
}

/** The settings of Coral's external moderation phase, as the publisher entered them. */
export interface CoralPhase {
  /** Each of which may sign; the newest first, a replaced one until its end. */
  readonly secrets: readonly SecretVersion[];
  /** How long Coral waits for an answer, by its own settings. */
  readonly timeoutMs: number;
}

/** What a site decides otherwise somewhere, for a time. */
export interface Override {
  /** The publisher's own name for it. */
  readonly key: string;
  /** Of the stories with this section alone; null: of any. */
  readonly section: string | null;
  /** Of this story alone; null: of any. */
  readonly storyKey: string | null;
  /** From then on; null: at once. */
  readonly from: Date | null;
  /** Exclusive; null: until it is deleted. */
  readonly until: Date | null;
  readonly note: string | null;
  readonly policy: PartialPolicy;
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
  /** Those to come and those that ended too; in the order in which they began, so that the later counts. */
  readonly overrides: readonly Override[];
  /** Counts the policy's changes from 1; decisions keep the one they were made under. */
  readonly policyVersion: number;
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly sso: SsoSettings;
  /** A draft that is only counted, with the site as it would be under it; null: there is none. */
  readonly shadow: { readonly id: string; readonly site: SiteFacts } | null;
  /** Null: nobody is asked. */
  readonly lookUp: LookupSettings | null;
  /** Null: no Coral asks. */
  readonly coralPhase: CoralPhase | null;
}
