import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAs } from '../../platform/http/validation.pipe.js';
import { LABELS } from './labels.js';
import { InvalidPolicyError, parsePolicy, findPolicyFaults } from './parse-policy.js';
import { PolicyPatch, StoryPolicyPatch } from './policy.dto.js';
import {
  activeThresholds,
  commentsPerDay,
  completePolicy,
  DEFAULT_POLICY,
  maxBodyChars,
  mergePolicy,
  tiersNamedIn,
  policyFor,
  type PartialPolicy,
} from './policy.js';

describe('the default policy', () => {
  it('lets anyone read and signed-in readers do the rest, decides by scores, and allows edits for five minutes', () => {
    expect(parsePolicy({})).toMatchObject({
      gate: {
        read: 'anyone',
        comment: 'signed-in',
        reply: 'signed-in',
        react: 'signed-in',
        flag: 'signed-in',
      },
      moderation: { mode: 'score' },
      editWindowSeconds: 300,
    });
  });

  it('has one threshold for all kinds of abuse, and passes its own validation', () => {
    expect(Object.keys(activeThresholds(DEFAULT_POLICY))).toEqual(
      LABELS.slice(LABELS.indexOf('spam')).filter((label) => label !== 'shouting'),
    );
    expect(findPolicyFaults(DEFAULT_POLICY)).toEqual([]);
    expect(parsePolicy(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toEqual(DEFAULT_POLICY);
  });

  it('is frozen', () => {
    expect(() => DEFAULT_POLICY.reactions.push('boo')).toThrow(TypeError);
    expect(() => (DEFAULT_POLICY.moderation.thresholds.insult.hold = 0)).toThrow(TypeError);
  });
});

describe('merging policies', () => {
  it('changes only what the patch names', () => {
    const policy = completePolicy(
      mergePolicy({ gate: { comment: 'gold' } }, { moderation: { thresholds: { insult: { hold: 0.5 } } } }),
    );
    expect(policy.gate).toEqual({ ...DEFAULT_POLICY.gate, comment: 'gold' });
    expect(policy.moderation.thresholds.insult).toEqual({ hold: 0.5, reject: null });
    expect(policy.moderation.thresholds.spam).toEqual(DEFAULT_POLICY.moderation.thresholds.spam);
  });

  it('replaces lists', () => {
    const stored = mergePolicy(
      { moderation: { wordLists: { banned: ['a', 'b'] } } },
      { moderation: { wordLists: { banned: ['c'] } } },
    );
    expect(completePolicy(stored).moderation.wordLists).toEqual({ banned: ['c'], suspect: [] });
  });

  it('resets a setting to the default when it is null', () => {
    const set: PartialPolicy = {
      editWindowSeconds: 10,
      gate: { comment: 'gold' },
      moderation: { thresholds: { spam: { hold: 0.1 } } },
    };
    const stored = mergePolicy(set, {
      editWindowSeconds: null,
      gate: null,
      moderation: { thresholds: { spam: null } },
    });
    expect(completePolicy(stored)).toEqual(DEFAULT_POLICY);
  });

  it('keeps null where it means never or no limit', () => {
    const policy = completePolicy(
      mergePolicy(
        {},
        {
          moderation: { thresholds: { sexual: { hold: null }, spam: { reject: null } } },
          quotas: { commentsPerDay: null },
        },
      ),
    );
    expect(activeThresholds(policy)).not.toHaveProperty('sexual');
    expect(activeThresholds(policy).spam).toEqual({ hold: 0.6 });
  });

  it('applies the story policy over the site policy, and uses the site value where the story has null', () => {
    const policy = parsePolicy(
      { gate: { comment: 'gold', reply: 'gold' } },
      { gate: { comment: null, reply: 'silver' }, moderation: { mode: 'hold-all' } },
    );
    expect(policy.gate).toMatchObject({ comment: 'gold', reply: 'silver' });
    expect(policy.moderation.mode).toBe('hold-all');
  });

  it('does not modify prototypes', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"polluted": 1}, "gate": {"constructor": {"prototype": {"polluted": 1}}}}',
    );
    const merged = mergePolicy({}, hostile);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it('has the same result when a patch is applied twice', () => {
    const patches = fc.record(
      {
        editWindowSeconds: fc.option(fc.nat(86_400)),
        gate: fc.option(
          fc.record(
            { comment: fc.option(fc.constantFrom('anyone', 'signed-in', 'gold')) },
            { requiredKeys: [] },
          ),
        ),
        quotas: fc.option(fc.record({ commentsPerDay: fc.option(fc.nat(99)) }, { requiredKeys: [] })),
        reactions: fc.option(fc.constantFrom(['like'], ['like', 'wow'], [])),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<PartialPolicy>;
    fc.assert(
      fc.property(patches, patches, (before, patch) => {
        const once = mergePolicy(before, patch);
        expect(mergePolicy(once, patch)).toEqual(once);
        expect(findPolicyFaults(completePolicy(once))).toEqual([]);
      }),
    );
  });
});

describe('validating policies', () => {
  it.each([
    [{ gates: {} }, '/gates', 'unknown-field'],
    [{ gate: { comment: 'no such key!' } }, '/gate/comment', 'matches'],
    [{ gate: [] }, '/gate', 'is-object'],
    [{ moderation: { mode: 'off' } }, '/moderation/mode', 'is-in'],
    [
      { moderation: { thresholds: { rudeness: { hold: 1 } } } },
      '/moderation/thresholds/rudeness',
      'unknown-field',
    ],
    [{ moderation: { thresholds: { insult: { hold: 1.5 } } } }, '/moderation/thresholds/insult/hold', 'max'],
    [{ moderation: { thresholds: { insult: 0.5 } } }, '/moderation/thresholds/insult', 'is-object'],
    [{ moderation: { wordLists: { banned: ['**'] } } }, '/moderation/wordLists/banned', 'each-matches'],
    [
      { moderation: { links: { block: ['https://bad.example/'] } } },
      '/moderation/links/block',
      'each-matches',
    ],
    [{ quotas: { commentsPerDay: -1 } }, '/quotas/commentsPerDay', 'min'],
    [{ quotas: { tiers: { gold: { perDay: 1 } } } }, '/quotas/tiers', 'tier-quotas'],
    [{ tiers: { gold: { maxChars: 0 } } }, '/tiers', 'tier-rules'],
    [{ tiers: { gold: { preModerated: 'yes' } } }, '/tiers', 'tier-rules'],
    [{ tiers: { gold: { colour: 'gold' } } }, '/tiers', 'tier-rules'],
    [{ editWindowSeconds: '300' }, '/editWindowSeconds', 'is-int'],
    [{ reactions: ['Like It'] }, '/reactions', 'each-matches'],
    [{ reasons: [{ code: 'x', label: 'X' }] }, '/reasons/0/text', 'missing'],
    ...[{ de: '' }, { deu: 'Nein.' }, { DE: 'Nein.' }, { de: 5 }, { de: 'x'.repeat(501) }, ['Nein.']].map(
      (texts) =>
        [
          { reasons: [{ code: 'x', label: 'X', text: 'No.', texts }] },
          '/reasons/0/texts',
          Array.isArray(texts) ? 'is-object' : 'reason-texts',
        ] as const,
    ),
  ])('refuses %j', async (patch, pointer, code) => {
    const parsed = await parseAs(PolicyPatch, patch);
    expect(parsed.ok ? [] : parsed.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  });

  it('accepts a patch that sets everything, and one that resets everything', async () => {
    expect((await parseAs(PolicyPatch, JSON.parse(JSON.stringify(DEFAULT_POLICY)))).ok).toBe(true);
    const resetAll = Object.fromEntries(Object.keys(DEFAULT_POLICY).map((key) => [key, null]));
    const parsed = await parseAs(PolicyPatch, resetAll);
    expect(parsed.ok).toBe(true);
    if (parsed.ok)
      expect(completePolicy(mergePolicy({ editWindowSeconds: 1 }, parsed.value as PartialPolicy))).toEqual(
        DEFAULT_POLICY,
      );
  });

  it('returns plain objects to store, not DTO instances', async () => {
    const parsed = await parseAs(PolicyPatch, {
      gate: { comment: 'gold' },
      quotas: { tiers: { gold: { commentsPerDay: 5 } } },
    });
    if (!parsed.ok) throw new Error('refused');
    const stored = mergePolicy({}, parsed.value);
    expect(JSON.parse(JSON.stringify(stored))).toEqual({
      gate: { comment: 'gold' },
      quotas: { tiers: { gold: { commentsPerDay: 5 } } },
    });
    expect(Object.getPrototypeOf(stored.gate)).toBe(Object.prototype);
  });

  it('allows fewer settings on a story than on a site', async () => {
    expect(
      (await parseAs(StoryPolicyPatch, { gate: { comment: 'gold' }, moderation: { mode: 'hold-all' } })).ok,
    ).toBe(true);
    expect((await parseAs(StoryPolicyPatch, { reasons: [] })).ok).toBe(false);
  });

  it('finds settings that contradict each other', () => {
    const policy = completePolicy({
      moderation: { thresholds: { spam: { hold: 0.99, reject: 0.98 } } },
      body: { minChars: 10, maxChars: 5 },
      reactions: ['like', 'like'],
    });
    expect(findPolicyFaults(policy).map(({ pointer }) => pointer)).toEqual([
      '/moderation/thresholds/spam/hold',
      '/body/minChars',
      '/reactions',
    ]);
  });

  it('refuses a tier whose maxChars is below minChars, and accepts an equal one', () => {
    const policy = completePolicy({
      body: { minChars: 10, maxChars: 50 },
      tiers: { gold: { maxChars: 9 }, silver: { maxChars: 10 }, bronze: {} },
    });
    expect(findPolicyFaults(policy).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/tiers/gold/maxChars', 'min-above-max'],
    ]);
  });

  it.each([[[]], ['text'], [{ editWindowSeconds: 'soon' }], [{ body: { minChars: 10, maxChars: 5 } }]])(
    'throws on an invalid stored policy such as %j',
    (stored) => {
      expect(() => parsePolicy(stored)).toThrow(InvalidPolicyError);
    },
  );

  it('ignores settings stored by a later version', () => {
    expect(parsePolicy({ gate: { comment: 'gold', translate: 'gold' }, mood: 'good' }).gate.comment).toBe(
      'gold',
    );
  });
});

describe('reading a policy', () => {
  it('lists the tiers that the policy names', () => {
    expect(
      tiersNamedIn({
        gate: { comment: 'gold', reply: 'gold', read: 'anyone', flag: null },
        quotas: { tiers: { silver: null } },
      }),
    ).toEqual(['gold', 'silver']);
  });

  it('applies the rules of a tier only to its readers', () => {
    const policy = completePolicy({
      body: { maxChars: 100 },
      moderation: { mode: 'hold-all' },
      tiers: {
        gold: { maxChars: 900, preModerated: false },
        new: { preModerated: true, editWindowSeconds: 0 },
      },
    });
    expect(policyFor(policy, null)).toBe(policy);
    expect(policyFor(policy, 'silver')).toBe(policy);
    expect(policyFor(policy, 'constructor')).toBe(policy);
    expect(policyFor(policy, 'gold')).toEqual({
      ...policy,
      body: { ...policy.body, maxChars: 900 },
      moderation: { ...policy.moderation, mode: 'score' },
    });
    expect(policyFor({ ...policy, moderation: DEFAULT_POLICY.moderation }, 'new')).toMatchObject({
      editWindowSeconds: 0,
      moderation: { mode: 'hold-all' },
      body: { maxChars: 100 },
    });
    expect(maxBodyChars(policy)).toBe(900);
    expect(tiersNamedIn({ tiers: { gold: { badge: '' } } })).toEqual(['gold']);
  });

  it('prefers the quota of the tier to that of the site', () => {
    const policy = completePolicy({
      quotas: {
        commentsPerDay: 5,
        tiers: { gold: { commentsPerDay: null }, toString: { commentsPerDay: 1 } },
      },
    });
    expect([null, 'silver', 'gold', 'valueOf'].map((tier) => commentsPerDay(policy, tier))).toEqual([
      5,
      5,
      null,
      5,
    ]);
  });
});
