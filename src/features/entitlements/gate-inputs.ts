import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import type { ResolvedPolicy, StoryFacts } from '../stories/story-facts.js';
import type { Entitlement } from './entitlement.js';
import type { StoredGateFacts } from './stored-gate-facts.js';
import type { GateFacts } from './gate.js';
import type { LookupResult } from './lookup/lookup-result.js';

/** All inputs of a gate decision, kept so that the decision can be explained. */
export interface GateInputs {
  readonly site: SiteFacts;
  readonly story: StoryFacts | null;
  readonly resolvedPolicy: ResolvedPolicy;
  readonly facts: GateFacts;
  /** Null if signed out. */
  readonly signedIn: {
    readonly reader: SignedInReader;
    readonly stored: StoredGateFacts;
    readonly lookupResult: LookupResult | null;
  } | null;
}

/**
 * Returns the next time at which the gate may change without a new report, because one of its inputs begins or ends.
 * The expiry of a cached lookup result is not included.
 *
 * @returns null if there is none
 */
export function nextGateChangeAt({ resolvedPolicy, facts, signedIn }: GateInputs): Date | null {
  const changeTimes: (Date | null | undefined)[] = [resolvedPolicy.validUntil];
  if (signedIn && facts.reader) {
    const entitlements = [...signedIn.stored.entitlements, ...(signedIn.lookupResult?.entitlements ?? [])];
    changeTimes.push(
      signedIn.reader.claims.tierValidUntil,
      facts.reader.standingUntil,
      facts.reader.quotaFreeAt,
      ...entitlements.flatMap(({ validUntil, graceUntil }) => [validUntil, graceUntil]),
    );
  }
  const futureTimes = changeTimes.flatMap((at) => (at && at > facts.now ? [at.getTime()] : []));
  return futureTimes.length === 0 ? null : new Date(Math.min(...futureTimes));
}

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

const toPlainEntitlement = ({ tier, status, validUntil, graceUntil, endedAt, reportedAt }: Entitlement) => ({
  tier,
  status,
  validUntil: iso(validUntil),
  graceUntil: iso(graceUntil),
  endedAt: iso(endedAt),
  reportedAt: iso(reportedAt),
});

/** Converts the inputs to plain values for storage and display. They are sufficient to evaluate the gate again. */
export function toPlainGateInputs({ site, story, resolvedPolicy, facts, signedIn }: GateInputs) {
  const { reader } = facts;
  return {
    at: facts.now.toISOString(),
    rules: facts.rules,
    policyVersion: site.policyVersion,
    overrides: resolvedPolicy.overrides,
    story: story && { key: story.key, section: story.section, state: story.state },
    reader:
      reader && signedIn
        ? {
            tier: reader.effectiveTier.tier?.key ?? null,
            ended: reader.effectiveTier.ended
              ? { tier: reader.effectiveTier.ended.tier.key, at: iso(reader.effectiveTier.ended.at) }
              : null,
            claims: {
              tiers: signedIn.reader.claims.tiers,
              issuedAt: iso(signedIn.reader.claims.issuedAt),
              tierValidUntil: iso(signedIn.reader.claims.tierValidUntil),
            },
            entitlements: signedIn.stored.entitlements.map(toPlainEntitlement),
            endings: signedIn.stored.endings.map(({ tier, endedAt }) => ({ tier, endedAt: iso(endedAt) })),
            lookUp: signedIn.lookupResult && {
              answer: signedIn.lookupResult.freshness,
              requestedAt: iso(signedIn.lookupResult.requestedAt),
              entitlements: signedIn.lookupResult.entitlements.map(toPlainEntitlement),
            },
            standing: reader.standing,
            standingUntil: iso(reader.standingUntil),
            quota: reader.quota,
            quotaFreeAt: iso(reader.quotaFreeAt),
          }
        : null,
  };
}
