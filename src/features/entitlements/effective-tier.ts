import type { ReaderClaims } from '../readers/reader-claims.js';
import type { Tier } from '../sites/site-facts.js';
import { endOf, type Ending, type Entitlement } from './entitlement.js';
import type { LookupResult } from './lookup/lookup-result.js';

export interface EffectiveTier {
  /** The highest tier that the reader has now; null if none. */
  readonly tier: Tier | null;
  /** The highest tier above `tier` that the reader had and lost. */
  readonly ended?: { readonly tier: Tier; readonly at: Date };
}

/**
 * Determines the reader's current tier: the highest among the token's claims, the active entitlements and the lookup
 * result. An ending at or after the token's `iat`, or any ending if the token has none, overrides the claim to that
 * tier, because the token was issued before the publisher reported the ending (docs/entitlements.md). For the same
 * reason an ending at or after the lookup overrides the lookup result.
 *
 * @param claims claims of the token
 * @param tiers the site's tiers; claims and entitlements to any other are ignored
 * @param now compared with the end dates, because entitlements end on time without a further report
 */
export function effectiveTier(
  claims: Pick<ReaderClaims, 'tiers' | 'tierValidUntil' | 'issuedAt'>,
  entitlements: readonly Entitlement[],
  endings: readonly Ending[],
  tiers: ReadonlyMap<string, Tier>,
  now: Date,
  lookupResult: Pick<LookupResult, 'entitlements' | 'requestedAt'> | null = null,
): EffectiveTier {
  const currentTiers: Tier[] = [];
  const lostAtByTier = new Map<Tier, Date>();
  const recordLoss = (tier: Tier, at: Date): void => {
    const recorded = lostAtByTier.get(tier);
    if (!recorded || recorded < at) lostAtByTier.set(tier, at);
  };

  for (const entitlement of entitlements) {
    const tier = tiers.get(entitlement.tier);
    if (!tier) continue;
    const end = endOf(entitlement, now);
    if (end) recordLoss(tier, end);
    else currentTiers.push(tier);
  }
  for (const { tier: key, endedAt } of endings) {
    const tier = tiers.get(key);
    if (tier) recordLoss(tier, endedAt);
  }
  const lookedUpTiers: Tier[] = [];
  for (const entitlement of lookupResult?.entitlements ?? []) {
    const tier = tiers.get(entitlement.tier);
    if (!tier) continue;
    const end = endOf(entitlement, now);
    if (end) recordLoss(tier, end);
    else lookedUpTiers.push(tier);
  }
  for (const tier of lookedUpTiers) {
    const lostAt = lostAtByTier.get(tier);
    if (!lostAt || lostAt < lookupResult!.requestedAt) currentTiers.push(tier);
  }
  for (const key of claims.tiers) {
    const tier = tiers.get(key);
    if (!tier) continue;
    if (claims.tierValidUntil && claims.tierValidUntil <= now) {
      recordLoss(tier, claims.tierValidUntil);
      continue;
    }
    const lostAt = lostAtByTier.get(tier);
    if (!lostAt || (claims.issuedAt && lostAt < claims.issuedAt)) currentTiers.push(tier);
  }

  const tier = highest(currentTiers);
  const ended = highest([...lostAtByTier.keys()].filter((candidate) => !tier || candidate.rank > tier.rank));
  return ended ? { tier, ended: { tier: ended, at: lostAtByTier.get(ended)! } } : { tier };
}

const highest = (tiers: readonly Tier[]): Tier | null =>
  tiers.reduce<Tier | null>((best, tier) => (!best || tier.rank > best.rank ? tier : best), null);
