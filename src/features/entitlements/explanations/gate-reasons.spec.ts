import { describe, expect, it } from '@jest/globals';
import type { Tier } from '../../sites/site-facts.js';
import type { Entitlement } from '../entitlement.js';
import type { GateInputs } from '../gate-inputs.js';
import { evaluateGate, type GateFacts } from '../gate.js';
import { effectiveTier } from '../effective-tier.js';
import { explainGate } from './gate-reasons.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const tier = (key: string, name: string, rank: number): Tier => ({
  key,
  name,
  rank,
  upgradeUrl: null,
  badge: null,
});
const TIERS = new Map(
  [tier('insider', 'Insider', 10), tier('gold', 'Gold', 20)].map((item) => [item.key, item]),
);
const entitlementTo = (key: string, status: Entitlement['status']): Entitlement => ({
  tier: key,
  status,
  validUntil: null,
  graceUntil: null,
  endedAt: status === 'cancelled' ? NOW : null,
  reportedAt: NOW,
});

interface ReaderFixture {
  readonly claims?: readonly string[];
  readonly entitlements?: readonly Entitlement[];
  readonly lookupResult?: readonly Entitlement[];
}

/** Returns the reasons for commenting, which requires the tier Insider, and for reading. */
function reasons(reader: ReaderFixture | null) {
  const claims = {
    tiers: reader?.claims ?? [],
    tierValidUntil: null,
    issuedAt: new Date(NOW.getTime() - 60_000),
  };
  const lookupResult = reader?.lookupResult
    ? { freshness: 'fresh' as const, entitlements: reader.lookupResult, requestedAt: NOW, validUntil: NOW }
    : null;
  const entitlements = reader?.entitlements ?? [];
  const facts: GateFacts = {
    reader: reader && {
      effectiveTier: effectiveTier(claims, entitlements, [], TIERS, NOW, lookupResult),
      standing: 'normal',
      standingUntil: null,
      quota: null,
      quotaFreeAt: null,
    },
    storyState: 'open',
    rules: { read: 'anyone', comment: 'insider', reply: 'insider', react: 'anyone', flag: 'signed-in' },
    tiers: TIERS,
    signInUrl: null,
    now: NOW,
  };
  const signedIn = reader && { reader: { claims }, stored: { entitlements, endings: [] }, lookupResult };
  return explainGate({ facts, signedIn } as unknown as GateInputs, evaluateGate(facts));
}

describe('the gate reason', () => {
  it('names no tier for an open action', () => {
    expect(reasons(null).read).toEqual({
      allowed: true,
      code: 'open',
      message: 'It is open to anyone.',
      by: [],
    });
    expect(reasons({}).flag).toMatchObject({ allowed: true, code: 'signed-in', by: [] });
    // A reader who reacts must be signed in.
    expect(reasons({}).react.code).toBe('signed-in');
  });

  it('repeats the refusal message that the reader sees', () => {
    expect(reasons({}).comment).toEqual({
      allowed: false,
      code: 'tier-required',
      message: 'You must be signed in and an Insider subscriber to comment.',
      by: [],
    });
  });

  it('lists each source that would grant the tier alone', () => {
    expect(reasons({ claims: ['gold'] }).comment).toEqual({
      allowed: true,
      code: 'tier',
      message: 'The reader has Gold, which includes Insider, through the claim in the token.',
      by: ['token'],
    });
    expect(
      reasons({ claims: ['insider'], entitlements: [entitlementTo('insider', 'active')] }).comment.by,
    ).toEqual(['token', 'entitlement']);
    expect(reasons({ lookupResult: [entitlementTo('insider', 'active')] }).comment.by).toEqual(['look-up']);
  });

  it('leaves out a claim that an ending overrides', () => {
    const reader = {
      claims: ['gold'],
      entitlements: [entitlementTo('gold', 'cancelled'), entitlementTo('insider', 'active')],
    };
    expect(reasons(reader).comment).toMatchObject({
      message: 'The reader has Insider, through a stored entitlement.',
      by: ['entitlement'],
    });
  });
});
