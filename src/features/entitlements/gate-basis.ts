import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import type { Ruling, StoryFacts } from '../stories/story-facts.js';
import type { Entitlement } from './entitlement.js';
import type { StoredGateFacts } from './gate-facts.js';
import type { GateFacts } from './gate.js';
import type { LookedUp } from './lookup/looked-up.js';

/** Everything that one gate was decided on, for whoever asks why. */
export interface GateBasis {
  readonly site: SiteFacts;
  readonly story: StoryFacts | null;
  readonly ruling: Ruling;
  readonly facts: GateFacts;
  /** Null: signed out. */
  readonly known: {
    readonly reader: SignedInReader;
    readonly stored: StoredGateFacts;
    readonly lookedUp: LookedUp | null;
  } | null;
}

/**
 * When the gate may become another by time alone: something that it follows from begins or ends. A look-up that is to
 * be asked anew is none of that.
 *
 * @returns null where nothing does
 */
export function nextTurnOf({ ruling, facts, known }: GateBasis): Date | null {
  const turns: (Date | null | undefined)[] = [ruling.until];
  if (known && facts.reader) {
    const entitlements = [...known.stored.entitlements, ...(known.lookedUp?.entitlements ?? [])];
    turns.push(
      known.reader.claims.tierValidUntil,
      facts.reader.standingUntil,
      facts.reader.quotaFreeAt,
      ...entitlements.flatMap(({ validUntil, graceUntil }) => [validUntil, graceUntil]),
    );
  }
  const ahead = turns.flatMap((at) => (at && at > facts.now ? [at.getTime()] : []));
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

const plain = ({ tier, status, validUntil, graceUntil, endedAt, toldAt }: Entitlement) => ({
  tier,
  status,
  validUntil: iso(validUntil),
  graceUntil: iso(graceUntil),
  endedAt: iso(endedAt),
  toldAt: iso(toldAt),
});

/** The same in plain values, to be kept and shown: enough to decide it once more. */
export function inputsOf({ site, story, ruling, facts, known }: GateBasis) {
  const { reader } = facts;
  return {
    at: facts.now.toISOString(),
    rules: facts.rules,
    policyVersion: site.policyVersion,
    overrides: ruling.overrides,
    story: story && { key: story.key, section: story.section, state: story.state },
    reader:
      reader && known
        ? {
            tier: reader.counts.tier?.key ?? null,
            ended: reader.counts.ended
              ? { tier: reader.counts.ended.tier.key, at: iso(reader.counts.ended.at) }
              : null,
            claims: {
              tiers: known.reader.claims.tiers,
              issuedAt: iso(known.reader.claims.issuedAt),
              tierValidUntil: iso(known.reader.claims.tierValidUntil),
            },
            entitlements: known.stored.entitlements.map(plain),
            endings: known.stored.endings.map(({ tier, endedAt }) => ({ tier, endedAt: iso(endedAt) })),
            lookUp: known.lookedUp && {
              answer: known.lookedUp.answer,
              askedAt: iso(known.lookedUp.askedAt),
              entitlements: known.lookedUp.entitlements.map(plain),
            },
            standing: reader.standing,
            standingUntil: iso(reader.standingUntil),
            quota: reader.quota,
            quotaFreeAt: iso(reader.quotaFreeAt),
          }
        : null,
  };
}
