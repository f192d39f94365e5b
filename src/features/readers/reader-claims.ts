import type { ReaderProfile } from './reader-profile.js';

/** The claims of a verified reader token that are used. Roles in tokens are ignored and never grant staff rights. */
export interface ReaderClaims extends ReaderProfile {
  /** `sub`: the publisher's own id of the reader, compared byte by byte. */
  readonly key: string;
  /** Tier keys claimed by the token. They may be unknown to the site. */
  readonly tiers: readonly string[];
  /** When the tier claim expires; null: with the token. */
  readonly tierValidUntil: Date | null;
  /** `iat`. */
  readonly issuedAt: Date | null;
  readonly expiresAt: Date;
}
