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
  it('lets anyone read, the signed-in do the rest, scores decide, and five minutes to edit', () => {
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

  it('asks for every label but shouting and swearing, and keeps its own rules', () => {
    const asked = LABELS.filter((label) => !['shouting', 'profanity'].includes(label));
    expect(Object.keys(activeThresholds(DEFAULT_POLICY))).toEqual(asked);
    expect(findPolicyFaults(DEFAULT_POLICY)).toEqual([]);
    expect(parsePolicy(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toEqual(DEFAULT_POLICY);
  });

  it('cannot be changed by accident', () => {
    expect(() => DEFAULT_POLICY.reactions.push('boo')).toThrow(TypeError);
    expect(() => (DEFAULT_POLICY.moderation.thresholds.insult.hold = 0)).toThrow(TypeError);
  });
});

describe('merging', () => {
  it('changes what the patch names and nothing else', () => {
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

  it('goes back to the default by null', () => {
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

  it("lays a story's policy over the site's, whose settings count where the story's are null", () => {
    const policy = parsePolicy(
      { gate: { comment: 'gold', reply: 'gold' } },
      { gate: { comment: null, reply: 'silver' }, moderation: { mode: 'hold-all' } },
    );
    expect(policy.gate).toMatchObject({ comment: 'gold', reply: 'silver' });
    expect(policy.moderation.mode).toBe('hold-all');
  });

  it('never touches prototypes', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"polluted": 1}, "gate": {"constructor": {"prototype": {"polluted": 1}}}}',
    );
    const merged = mergePolicy({}, hostile);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it('does nothing new when the same patch comes twice', () => {
    const aPatch = fc.record(
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
      fc.property(aPatch, aPatch, (before, patch) => {
        const once = mergePolicy(before, patch);
        expect(mergePolicy(once, patch)).toEqual(once);
        expect(findPolicyFaults(completePolicy(once))).toEqual([]);
      }),
    );
  });
});

describe('checking', () => {
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

  it('takes a patch that names everything, and one that takes everything back', async () => {
    expect((await parseAs(PolicyPatch, JSON.parse(JSON.stringify(DEFAULT_POLICY)))).ok).toBe(true);
    const nothing = Object.fromEntries(Object.keys(DEFAULT_POLICY).map((key) => [key, null]));
    const parsed = await parseAs(PolicyPatch, nothing);
    expect(parsed.ok).toBe(true);
    if (parsed.ok)
      expect(completePolicy(mergePolicy({ editWindowSeconds: 1 }, parsed.value as PartialPolicy))).toEqual(
        DEFAULT_POLICY,
      );
  });

  it('gives plain values to store, without the classes they came in', async () => {
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

  it('lets a story decide less than a site', async () => {
    expect(
      (await parseAs(StoryPolicyPatch, { gate: { comment: 'gold' }, moderation: { mode: 'hold-all' } })).ok,
    ).toBe(true);
    expect((await parseAs(StoryPolicyPatch, { reasons: [] })).ok).toBe(false);
  });

  it('finds members that contradict each other', () => {
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

  it.each([[[]], ['text'], [{ editWindowSeconds: 'soon' }], [{ body: { minChars: 10, maxChars: 5 } }]])(
    'stops at a stored policy such as %j',
    (stored) => {
      expect(() => parsePolicy(stored)).toThrow(InvalidPolicyError);
    },
  );

  it('overlooks what a later version stored', () => {
    expect(parsePolicy({ gate: { comment: 'gold', translate: 'gold' }, mood: 'good' }).gate.comment).toBe(
      'gold',
    );
  });
});

describe('reading a policy', () => {
  it('names the tiers that must exist', () => {
    expect(
      tiersNamedIn({
        gate: { comment: 'gold', reply: 'gold', read: 'anyone', flag: null },
        quotas: { tiers: { silver: null } },
      }),
    ).toEqual(['gold', 'silver']);
  });

  it("changes for the readers of one tier what that tier's rules say, and nothing else", () => {
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

  it("takes the tier's own quota before the site's", () => {
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
