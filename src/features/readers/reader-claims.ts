import type { ReaderProfile } from './reader-profile.js';

/** What a checked reader token says, as far as anybody uses it. Roles in tokens are ignored: none gives staff rights. */
export interface ReaderClaims extends ReaderProfile {
  /** `sub`: the publisher's own id of the reader, compared byte by byte. */
  readonly key: string;
  /** Tier keys that the token claims; they may be unknown to the site. */
  readonly tiers: readonly string[];
  /** Until when the claim of tiers counts; null: as long as the token. */
  readonly tierValidUntil: Date | null;
  /** `iat`. */
  readonly issuedAt: Date | null;
  readonly expiresAt: Date;
}
