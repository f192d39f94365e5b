import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GATE_ACTIONS, type GateAction } from '../sites/policy.js';
import type { Tier } from '../sites/site-facts.js';
import { indefiniteArticle } from './gate-messages.js';
import { evaluateGate, type GateFacts } from './gate.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const INSIDER: Tier = { key: 'insider', name: 'Insider', rank: 20, upgradeUrl: null, badge: null };
const GOLD: Tier = {
  key: 'insider-gold',
  name: 'Insider Gold',
  rank: 30,
  upgradeUrl: 'https://news.example/gold',
  badge: null,
};
const PLATINUM: Tier = { key: 'platinum', name: 'Platinum', rank: 40, upgradeUrl: null, badge: null };
const GOLD_REQUIRED_MESSAGE = 'You must be signed in and an Insider Gold subscriber to comment.';

type Reader = NonNullable<GateFacts['reader']>;
const aReader = (fields: Partial<Reader> = {}): Reader => ({
  effectiveTier: { tier: null },
  standing: 'normal',
  standingUntil: null,
  quotaFreeAt: null,
  quota: null,
  ...fields,
});
const gateFor = (fields: Partial<GateFacts> = {}, action: GateAction = 'comment') =>
  evaluateGate({
    reader: null,
    storyState: 'open',
    rules: {
      read: 'anyone',
      comment: 'signed-in',
      reply: 'signed-in',
      react: 'signed-in',
      flag: 'signed-in',
    },
    tiers: new Map([INSIDER, GOLD, PLATINUM].map((tier) => [tier.key, tier])),
    signInUrl: null,
    now: NOW,
    ...fields,
  })[action];
const goldRules = {
  read: 'anyone',
  comment: 'insider-gold',
  reply: 'insider-gold',
  react: 'insider',
  flag: 'signed-in',
};

describe('a signed-out reader', () => {
  it('may do what is open to anyone', () => {
    expect(gateFor({}, 'read')).toEqual({ allowed: true });
  });

  it.each([
    ['comment', 'You must be signed in to comment.'],
    ['reply', 'You must be signed in to reply.'],
    ['react', 'You must be signed in to react.'],
    ['flag', 'You must be signed in to flag a comment.'],
  ] as const)('may not %s', (action, message) => {
    expect(gateFor({}, action)).toEqual({ allowed: false, code: 'signed-out', message });
  });

  it('gets the message with the required tier and the URL', () => {
    expect(gateFor({ rules: goldRules })).toEqual({
      allowed: false,
      code: 'signed-out',
      message: GOLD_REQUIRED_MESSAGE,
      requiredTier: { key: 'insider-gold', name: 'Insider Gold' },
      url: 'https://news.example/gold',
    });
    expect(gateFor({ rules: goldRules, signInUrl: 'https://news.example/login' })).toMatchObject({
      url: 'https://news.example/login',
    });
  });

  it('may flag when flagging is open to anyone, but not comment, reply or react', () => {
    const rules = { ...goldRules, comment: 'anyone', reply: 'anyone', react: 'anyone', flag: 'anyone' };
    for (const action of ['comment', 'reply', 'react'] as const)
      expect(gateFor({ rules }, action)).toMatchObject({ code: 'signed-out' });
    expect(gateFor({ rules }, 'flag')).toEqual({ allowed: true });
    expect(gateFor({ rules, reader: aReader({ standing: 'banned' }) }, 'flag')).toMatchObject({
      code: 'banned',
    });
  });

  it('may not read when reading requires a tier', () => {
    expect(gateFor({ rules: { ...goldRules, read: 'insider' } }, 'read')).toMatchObject({
      code: 'signed-out',
      message: 'You must be signed in and an Insider subscriber to read the comments.',
    });
  });
});

describe('a required tier', () => {
  it('is met by the same and every higher tier', () => {
    for (const tier of [GOLD, PLATINUM]) {
      expect(gateFor({ rules: goldRules, reader: aReader({ effectiveTier: { tier } }) })).toEqual({
        allowed: true,
      });
    }
  });

  it('refuses a lower tier with the same message but another code', () => {
    expect(gateFor({ rules: goldRules, reader: aReader({ effectiveTier: { tier: INSIDER } }) })).toEqual({
      allowed: false,
      code: 'tier-required',
      message: GOLD_REQUIRED_MESSAGE,
      requiredTier: { key: 'insider-gold', name: 'Insider Gold' },
      url: 'https://news.example/gold',
    });
  });

  it('names the ended entitlement and the renewal URL', () => {
    const ended = { tier: GOLD, at: new Date('2026-11-03T23:59:00Z') };
    expect(
      gateFor({ rules: goldRules, reader: aReader({ effectiveTier: { tier: INSIDER, ended } }) }),
    ).toEqual({
      allowed: false,
      code: 'entitlement-ended',
      message:
        'Your Insider Gold subscription ended on 3 November 2026. Renew it at news.example to comment.',
      requiredTier: { key: 'insider-gold', name: 'Insider Gold' },
      url: 'https://news.example/gold',
    });
  });

  it('sends a reader whose ended tier has no URL to that of the required tier', () => {
    const ended = { tier: PLATINUM, at: NOW };
    expect(
      gateFor({ rules: goldRules, reader: aReader({ effectiveTier: { tier: null, ended } }) }),
    ).toMatchObject({ code: 'entitlement-ended', url: 'https://news.example/gold' });
  });

  it('ignores an ended entitlement that was never high enough', () => {
    const ended = { tier: INSIDER, at: NOW };
    expect(
      gateFor({ rules: goldRules, reader: aReader({ effectiveTier: { tier: null, ended } }) }),
    ).toMatchObject({
      code: 'tier-required',
    });
  });

  it('cannot be met when the site has deleted it', () => {
    const rules = { ...goldRules, comment: 'gone' };
    expect(gateFor({ rules, reader: aReader({ effectiveTier: { tier: PLATINUM } }) })).toMatchObject({
      code: 'tier-required',
      requiredTier: { key: 'gone', name: 'gone' },
    });
  });
});

describe('the sanction state', () => {
  it('suspended refuses everything but reading until it ends', () => {
    const reader = aReader({ standing: 'suspended', standingUntil: new Date('2026-12-03T14:04:30Z') });
    expect(gateFor({ reader })).toEqual({
      allowed: false,
      code: 'suspended',
      message: 'You are suspended until 3 December 2026, 14:05 UTC.',
      retryAfter: 871470,
    });
    for (const action of ['reply', 'react', 'flag'] as const) {
      expect(gateFor({ reader }, action)).toMatchObject({ code: 'suspended' });
    }
    expect(gateFor({ reader }, 'read')).toEqual({ allowed: true });
    expect(gateFor({ reader, now: new Date('2026-12-03T14:04:30Z') })).toEqual({ allowed: true });
  });

  it('does not stop a subscriber from reading where reading needs a tier', () => {
    const reader = aReader({ effectiveTier: { tier: GOLD }, standing: 'banned' });
    const rules = { ...goldRules, read: 'insider-gold' };
    expect(gateFor({ rules, reader }, 'read')).toEqual({ allowed: true });
    expect(gateFor({ rules, reader }, 'comment')).toMatchObject({ code: 'banned' });
  });

  it('banned refuses without an end date', () => {
    expect(gateFor({ reader: aReader({ standing: 'banned' }) })).toEqual({
      allowed: false,
      code: 'banned',
      message: 'You are banned from taking part here.',
    });
  });

  it.each(['normal', 'warned', 'pre-moderated', 'trusted'] as const)('%s refuses nothing', (standing) => {
    expect(gateFor({ reader: aReader({ standing }) })).toEqual({ allowed: true });
  });
});

describe('a closed story', () => {
  it('accepts no comments or replies from signed-in or signed-out readers', () => {
    for (const reader of [null, aReader({ effectiveTier: { tier: PLATINUM } })]) {
      for (const action of ['comment', 'reply'] as const) {
        expect(gateFor({ storyState: 'closed', reader }, action)).toEqual({
          allowed: false,
          code: 'story-closed',
          message: 'Comments on this story are closed.',
        });
      }
    }
    expect(gateFor({ storyState: 'closed', reader: aReader() }, 'react')).toEqual({ allowed: true });
    expect(gateFor({ storyState: 'closed' }, 'read')).toEqual({ allowed: true });
  });
});

describe('a quota', () => {
  it('refuses with the time of the next allowed comment when it is used up', () => {
    const reader = aReader({ quota: 5, quotaFreeAt: new Date('2026-11-23T18:20:30Z') });
    expect(gateFor({ reader })).toEqual({
      allowed: false,
      code: 'quota-exceeded',
      message: 'You may post 5 comments in 24 hours. You can post again on 23 November 2026, 18:21 UTC.',
      retryAfter: 22830,
    });
    expect(gateFor({ reader }, 'reply')).toMatchObject({ code: 'quota-exceeded' });
    expect(gateFor({ reader }, 'react')).toEqual({ allowed: true });
  });

  it('allows a comment from the stated time on', () => {
    expect(gateFor({ reader: aReader({ quota: 5, quotaFreeAt: NOW }) })).toEqual({ allowed: true });
  });
});

describe('the gate for any reader', () => {
  const anyRule = fc.constantFrom('anyone', 'signed-in', 'insider', 'insider-gold', 'platinum', 'gone');
  const anyFacts = fc.record({
    storyState: fc.constantFrom('open' as const, 'closed' as const, null),
    rules: fc.record({ read: anyRule, comment: anyRule, reply: anyRule, react: anyRule, flag: anyRule }),
    reader: fc.option(
      fc.record({
        effectiveTier: fc.constantFrom(
          { tier: null },
          { tier: INSIDER },
          { tier: null, ended: { tier: GOLD, at: NOW } },
        ),
        standing: fc.constantFrom('normal' as const, 'banned' as const, 'suspended' as const),
        standingUntil: fc.constantFrom(null, new Date(NOW.getTime() - 1), new Date(NOW.getTime() + 1)),
        quotaFreeAt: fc.constantFrom(null, new Date(NOW.getTime() + 1)),
        quota: fc.constantFrom(null, 0, 1, 5),
      }),
    ),
  });

  it('gives every refusal a code and a message, and never allows less to a higher tier', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const action of GATE_ACTIONS) {
          const decision = gateFor(facts, action);
          if (!decision.allowed) expect(decision.message).toMatch(/^[A-Z].*\.$/);
          if (!facts.reader || !decision.allowed) continue;
          const withPlatinum = { ...facts, reader: { ...facts.reader, effectiveTier: { tier: PLATINUM } } };
          expect(gateFor(withPlatinum, action)).toEqual({ allowed: true });
        }
      }),
    );
  });
});

describe('the indefinite article', () => {
  it.each([
    ['an', 'Insider Gold'],
    ['a', 'Premium'],
    ['an', 'Executive'],
    ['an', 'Unlimited'],
    ['a', 'Union'],
    ['an', 'Ultimate'],
    ['an', 'Unmissable'],
    ['a', 'European'],
    ['an', 'FT Edit'],
    ['a', 'UK Digital'],
    ['an', 'X'],
    ['an', '8-Day'],
    ['a', '1-Year'],
    ['an', '“Inner Circle”'],
    ['an', 'Honorary'],
    ['a', 'One'],
    ['a', 'GOLD'],
    ['an', 'INSIDER'],
    ['an', 'Élite'],
    ['a', '🥇'],
  ])('is %s before %s', (article, name) => {
    expect(indefiniteArticle(name)).toBe(article);
  });
});
