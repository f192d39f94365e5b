/** What a checked reader token says, as far as anybody uses it. Roles in tokens are ignored: none gives staff rights. */
export interface ReaderClaims {
  /** `sub`: the publisher's own id of the reader, compared byte by byte. */
  readonly key: string;
  /** As the publisher wrote it; what others see is `SignedInReader.name`. */
  readonly name: string;
  /** Tier keys that the token claims; they may be unknown to the site. */
  readonly tiers: readonly string[];
  /** Until when the claim of tiers counts; null: as long as the token. */
  readonly tierValidUntil: Date | null;
  /** https only; anything else is left out. */
  readonly picture: string | null;
  readonly email: string | null;
  /** `iat`. */
  readonly issuedAt: Date | null;
  readonly expiresAt: Date;
}
