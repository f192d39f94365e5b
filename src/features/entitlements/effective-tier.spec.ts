import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Tier } from '../sites/site-facts.js';
import { ENTITLEMENT_STATUSES, endOf, type Entitlement } from './entitlement.js';
import { effectiveTier } from './effective-tier.js';

const tier = (key: string, rank: number): Tier => ({ key, name: key, rank, upgradeUrl: null, badge: null });
const TIERS = new Map([tier('insider', 10), tier('gold', 30), tier('platinum', 40)].map((t) => [t.key, t]));
const NOW = new Date('2026-11-23T12:00:00Z');
const minutesFromNow = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const claim = (
  tiers: string[],
  issuedAt: Date | null = minutesFromNow(-60),
  tierValidUntil: Date | null = null,
) => ({
  tiers,
  issuedAt,
  tierValidUntil,
});
const anEntitlement = (fields: Partial<Entitlement> = {}): Entitlement => ({
  tier: 'gold',
  status: 'active',
  validUntil: null,
  graceUntil: null,
  endedAt: null,
  reportedAt: minutesFromNow(-120),
  ...fields,
});
const evaluate = (
  claims: ReturnType<typeof claim>,
  entitlements: Entitlement[] = [],
  endings: { tier: string; endedAt: Date }[] = [],
  now = NOW,
) => {
  const { tier: highest, ended } = effectiveTier(claims, entitlements, endings, TIERS, now);
  return [highest?.key ?? null, ended?.tier.key ?? null, ended?.at ?? null];
};

describe('the effective tier', () => {
  it('is null without a claim or entitlement', () => {
    expect(evaluate(claim([]))).toEqual([null, null, null]);
  });

  it('is the highest known tier among claims and entitlements', () => {
    expect(evaluate(claim(['insider']), [anEntitlement()])).toEqual(['gold', null, null]);
    expect(evaluate(claim(['platinum', 'insider']), [anEntitlement()])).toEqual(['platinum', null, null]);
    expect(evaluate(claim(['diamond', '__proto__', 'constructor']))).toEqual([null, null, null]);
  });

  it.each(['active', 'trialing'] as const)('includes a %s entitlement until its end date', (status) => {
    const entitlement = anEntitlement({ status, validUntil: minutesFromNow(5) });
    expect(evaluate(claim([]), [entitlement], [], minutesFromNow(4))).toEqual(['gold', null, null]);
    expect(evaluate(claim([]), [entitlement], [], minutesFromNow(5))).toEqual([
      null,
      'gold',
      minutesFromNow(5),
    ]);
  });

  it('includes a past-due entitlement only during its grace period', () => {
    const pastDueResult = (fields: Partial<Entitlement>) =>
      evaluate(claim([]), [anEntitlement({ status: 'past_due', ...fields })]);
    expect(pastDueResult({ graceUntil: minutesFromNow(1) })).toEqual(['gold', null, null]);
    expect(pastDueResult({ graceUntil: minutesFromNow(1), validUntil: minutesFromNow(-1) })).toEqual([
      'gold',
      null,
      null,
    ]);
    expect(pastDueResult({ graceUntil: minutesFromNow(0) })).toEqual([null, 'gold', minutesFromNow(0)]);
    expect(pastDueResult({})).toEqual([null, 'gold', minutesFromNow(-120)]);
    expect(pastDueResult({ validUntil: minutesFromNow(60) })).toEqual([null, 'gold', minutesFromNow(-120)]);
    expect(pastDueResult({ validUntil: minutesFromNow(-180) })).toEqual([null, 'gold', minutesFromNow(-180)]);
  });

  it.each(['cancelled', 'expired'] as const)(
    'excludes a %s entitlement regardless of its dates',
    (status) => {
      const entitlement = anEntitlement({
        status,
        validUntil: minutesFromNow(60),
        graceUntil: minutesFromNow(60),
        endedAt: minutesFromNow(-1),
      });
      expect(evaluate(claim([]), [entitlement])).toEqual([null, 'gold', minutesFromNow(-1)]);
    },
  );
});

describe('an ended entitlement', () => {
  const ended = (minutes: number) => [
    anEntitlement({ status: 'cancelled', endedAt: minutesFromNow(minutes) }),
  ];

  it('overrides a claim to its tier when it ended at or after the time the token was issued', () => {
    expect(evaluate(claim(['gold'], minutesFromNow(-60)), ended(-59))).toEqual([
      null,
      'gold',
      minutesFromNow(-59),
    ]);
    expect(evaluate(claim(['gold'], minutesFromNow(-60)), ended(-60))).toEqual([
      null,
      'gold',
      minutesFromNow(-60),
    ]);
  });

  it('does not override the claim when it ended before the token was issued', () => {
    expect(evaluate(claim(['gold'], minutesFromNow(-60)), ended(-61))).toEqual(['gold', null, null]);
  });

  it('always overrides the claim of a token without an issue time', () => {
    expect(evaluate(claim(['gold'], null), ended(-10_000))).toEqual([null, 'gold', minutesFromNow(-10_000)]);
  });

  it('leaves claims to other tiers in effect', () => {
    expect(evaluate(claim(['platinum', 'insider']), ended(-1))).toEqual(['platinum', null, null]);
    expect(evaluate(claim(['insider']), ended(-1))).toEqual(['insider', 'gold', minutesFromNow(-1)]);
  });

  it('does not override another active entitlement', () => {
    expect(evaluate(claim(['gold']), [...ended(-1), anEntitlement()])).toEqual(['gold', null, null]);
  });

  it('also overrides the claim when it expired by date', () => {
    expect(evaluate(claim(['gold']), [anEntitlement({ validUntil: minutesFromNow(-1) })])).toEqual([
      null,
      'gold',
      minutesFromNow(-1),
    ]);
    expect(evaluate(claim(['gold']), [anEntitlement({ validUntil: minutesFromNow(-61) })])).toEqual([
      'gold',
      null,
      null,
    ]);
  });

  it('also overrides the claim when only a recorded tier ending is left', () => {
    expect(
      evaluate(
        claim(['gold']),
        [anEntitlement({ tier: 'insider' })],
        [{ tier: 'gold', endedAt: minutesFromNow(-1) }],
      ),
    ).toEqual(['insider', 'gold', minutesFromNow(-1)]);
  });

  it('is also reported when the claim in the token expired', () => {
    expect(evaluate(claim(['gold'], minutesFromNow(-60), minutesFromNow(0)))).toEqual([
      null,
      'gold',
      minutesFromNow(0),
    ]);
    expect(evaluate(claim(['gold'], minutesFromNow(-60), minutesFromNow(1)))).toEqual(['gold', null, null]);
  });

  it('is reported for the highest tier, with its latest end', () => {
    const two = [
      ...ended(-5),
      anEntitlement({ status: 'expired', endedAt: minutesFromNow(-3) }),
      anEntitlement({ tier: 'insider', status: 'expired', endedAt: minutesFromNow(-1) }),
    ];
    expect(evaluate(claim([]), two)).toEqual([null, 'gold', minutesFromNow(-3)]);
  });
});

describe('a lookup result', () => {
  const aLookupResult = (minutes: number, fields: Partial<Entitlement> = {}) => ({
    requestedAt: minutesFromNow(minutes),
    entitlements: [anEntitlement({ reportedAt: minutesFromNow(minutes), ...fields })],
  });
  const evaluateWithLookup = (
    lookupResult: ReturnType<typeof aLookupResult>,
    entitlements: Entitlement[] = [],
    claims = claim([]),
  ) => {
    const { tier: highest, ended } = effectiveTier(claims, entitlements, [], TIERS, NOW, lookupResult);
    return [highest?.key ?? null, ended?.tier.key ?? null];
  };
  const endedAt = (minutes: number) => [
    anEntitlement({ status: 'cancelled', endedAt: minutesFromNow(minutes) }),
  ];

  it('counts in addition to claims and entitlements until its end date', () => {
    expect(evaluateWithLookup(aLookupResult(-1))).toEqual(['gold', null]);
    expect(evaluateWithLookup(aLookupResult(-1, { validUntil: minutesFromNow(0) }))).toEqual([null, 'gold']);
    expect(evaluateWithLookup(aLookupResult(-1, { tier: 'unknown' }))).toEqual([null, null]);
    expect(evaluateWithLookup(aLookupResult(-1), [anEntitlement({ tier: 'platinum' })])).toEqual([
      'platinum',
      null,
    ]);
  });

  it('yields to an ending at or after it, and overrides an earlier one', () => {
    expect(evaluateWithLookup(aLookupResult(-5), endedAt(-5))).toEqual([null, 'gold']);
    expect(evaluateWithLookup(aLookupResult(-5), endedAt(-4))).toEqual([null, 'gold']);
    expect(evaluateWithLookup(aLookupResult(-5), endedAt(-6))).toEqual(['gold', null]);
  });

  it('overrides an older claim when it says that the entitlement ended', () => {
    const endedResult = aLookupResult(-5, { status: 'expired' });
    expect(evaluateWithLookup(endedResult, [], claim(['gold'], minutesFromNow(-10)))).toEqual([null, 'gold']);
    expect(evaluateWithLookup(endedResult, [], claim(['gold'], minutesFromNow(-1)))).toEqual(['gold', null]);
  });
});

describe('any claims and entitlements', () => {
  const aDate = fc.integer({ min: -200, max: 200 }).map(minutesFromNow);
  const anOptionalDate = fc.option(aDate);
  const aTier = fc.constantFrom('insider', 'gold', 'platinum', 'unknown');
  const claims = fc.record({
    tiers: fc.array(aTier, { maxLength: 3 }),
    issuedAt: anOptionalDate,
    tierValidUntil: anOptionalDate,
  });
  const entitlements = fc.array(
    fc.record({
      tier: aTier,
      status: fc.constantFrom(...ENTITLEMENT_STATUSES),
      validUntil: anOptionalDate,
      graceUntil: anOptionalDate,
      endedAt: anOptionalDate,
      reportedAt: aDate,
    }),
    { maxLength: 4 },
  );

  it('give the same tier in any order of entitlements', () => {
    fc.assert(
      fc.property(claims, entitlements, (token, list) => {
        const forward = effectiveTier(token, list, [], TIERS, NOW);
        const back = effectiveTier(token, [...list].reverse(), [], TIERS, NOW);
        expect(back.tier).toBe(forward.tier);
        expect(back.ended?.tier).toBe(forward.ended?.tier);
      }),
    );
  });

  it('never give a lower tier after adding an active entitlement, nor a tier that nothing grants', () => {
    fc.assert(
      fc.property(claims, entitlements, aTier, (token, list, addedTier) => {
        const before = effectiveTier(token, list, [], TIERS, NOW).tier;
        const after = effectiveTier(
          token,
          [...list, anEntitlement({ tier: addedTier })],
          [],
          TIERS,
          NOW,
        ).tier;
        expect(after?.rank ?? -1).toBeGreaterThanOrEqual(before?.rank ?? -1);
        expect(after?.rank ?? -1).toBeGreaterThanOrEqual(TIERS.get(addedTier)?.rank ?? -1);
        if (before) expect([...token.tiers, ...list.map((e) => e.tier)]).toContain(before.key);
      }),
    );
  });

  it('never give a tier whose entitlements have all ended and whose claim is older', () => {
    fc.assert(
      fc.property(claims, entitlements, (token, list) => {
        const { tier: effective, ended } = effectiveTier(token, list, [], TIERS, NOW);
        if (ended) expect(ended.tier.rank).toBeGreaterThan(effective?.rank ?? -1);
        if (!effective) return;
        const ofThatTier = list.filter((entitlement) => entitlement.tier === effective.key);
        if (ofThatTier.some((entitlement) => endOf(entitlement, NOW) === null)) return;
        expect(token.tiers).toContain(effective.key);
        for (const entitlement of ofThatTier) {
          expect(token.issuedAt!.getTime()).toBeGreaterThan(endOf(entitlement, NOW)!.getTime());
        }
      }),
    );
  });
});
