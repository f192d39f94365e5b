import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Standing } from '../readers/reader.entity.js';
import { LABELS, type Label, type ScoreMap } from '../scoring/scores.js';
import { LABEL_THRESHOLDS } from '../sites/label-thresholds.builder.js';
import { completePolicy, DEFAULT_POLICY, type PartialPolicy } from '../sites/policy.js';
import { chooseVerdict, riskOf, type DecisionFacts } from './decision-rules.js';

const scored = (values: Partial<Record<Label, number>> = {}): ScoreMap =>
  Object.fromEntries(LABELS.map((label) => [label, { value: values[label] ?? 0, spans: [] }]));

const defaultFacts: DecisionFacts = {
  publishedCount: 50,
  isNew: false,
  unscoredLanguage: null,
  announcesSelfHarm: false,
};

interface DecisionOptions {
  standing?: Standing;
  policy?: PartialPolicy;
  facts?: Partial<DecisionFacts>;
}

const decideWith = (
  values: Partial<Record<Label, number>>,
  { standing = 'normal', policy = {}, facts = {} }: DecisionOptions = {},
) => chooseVerdict(scored(values), standing, completePolicy(policy), { ...defaultFacts, ...facts });

const byLabel: PartialPolicy = { moderation: { thresholds: LABEL_THRESHOLDS } };

describe('chooseVerdict', () => {
  it('publishes when no rule applies', () => {
    expect(decideWith({ insult: 0.69, profanity: 0.4 })).toEqual({
      action: 'publish',
      rule: { key: 'all-clear', text: 'published: all scores below their thresholds' },
    });
  });

  it('holds at the threshold and gives the reason', () => {
    expect(
      decideWith(
        { insult: 0.71 },
        { policy: { moderation: { thresholds: { insult: { hold: 0.6 } } } }, facts: { isNew: true } },
      ),
    ).toEqual({
      action: 'hold',
      rule: { key: 'score-insult', text: 'held: insult 0.71 ≥ 0.60, new reader' },
    });
  });

  it('names the most severe rule and lists all of them', () => {
    expect(decideWith({ toxicity: 0.9, insult: 0.7, identityAttack: 0.8 }, { policy: byLabel }).rule).toEqual(
      {
        key: 'score-identity-attack',
        text: 'held: identity attack 0.80 ≥ 0.60, insult 0.70 ≥ 0.70, toxicity 0.90 ≥ 0.80',
      },
    );
  });

  it('names contact details rather than the spam score that they raise', () => {
    expect(decideWith({ spam: 0.95, personalData: 0.7 }).rule.key).toBe('personal-data');
    expect(decideWith({ spam: 0.95 }).rule.key).toBe('score-spam');
  });

  it('names the signals that make a comment spam', () => {
    const facts = { spamReasons: ['words of advertising', 'contact details', 'a link'] };
    expect(decideWith({ spam: 0.65 }, { facts }).rule.text).toBe(
      'held: spam 0.65 ≥ 0.60: words of advertising, contact details and a link',
    );
    expect(decideWith({ spam: 0.65 }).rule.text).toBe('held: spam 0.65 ≥ 0.60');
  });

  it('holds an announcement of self-harm even if another rule would reject it', () => {
    const facts = { announcesSelfHarm: true };
    expect(decideWith({ bannedWords: 1, threat: 0.9 }, { facts })).toEqual({
      action: 'hold',
      rule: { key: 'self-harm', text: 'held: the author may be about to harm themselves' },
    });
    expect(decideWith({}, { facts, standing: 'trusted' }).action).toBe('hold');
  });

  it('names the kind of abuse that is the reason for a high probability of refusal', () => {
    const rule = (values: Partial<Record<Label, number>>) => decideWith(values).rule;
    expect(rule({ refusal: 0.08, toxicity: 0.7 })).toEqual({
      key: 'score-toxicity',
      text: 'held: toxicity, refusal 0.08 ≥ 0.08',
    });
    expect(rule({ refusal: 0.4, toxicity: 0.9, insult: 0.8, threat: 0.6 })).toMatchObject({
      key: 'score-insult',
      text: 'held: insult, refusal 0.40 ≥ 0.08',
    });
    expect(rule({ refusal: 0.4, personalData: 0.9, spam: 0.9 }).key).toBe('score-toxicity');
    expect(rule({ refusal: 0.07 }).key).toBe('all-clear');
  });

  it('shows more decimals when two numbers would look equal', () => {
    expect(decideWith({ insult: 0.7004 }, { policy: byLabel }).rule.text).toBe(
      'held: insult 0.7004 ≥ 0.7000',
    );
  });

  it('holds, rejects or publishes by the custom labels of external scorers', () => {
    const found = (value: number, overrides: object = {}) => ({
      external: {
        found: [{ name: 'Desk: off-brand', value, hold: 0.6, reject: 0.9, ...overrides }],
        absent: [],
        released: [],
      },
    });
    expect(decideWith({}, { facts: found(0.59) }).action).toBe('publish');
    expect(decideWith({}, { facts: found(0.6) })).toEqual({
      action: 'hold',
      rule: { key: 'external-score', text: 'held: Desk: off-brand 0.60 ≥ 0.60' },
    });
    expect(decideWith({}, { facts: found(0.6), standing: 'trusted' }).action).toBe('publish');
    expect(decideWith({}, { facts: found(0.9) }).action).toBe('reject');
    expect(decideWith({}, { facts: found(1, { hold: null, reject: null }) }).action).toBe('publish');
    expect(decideWith({ insult: 0.8 }, { facts: found(0.7), policy: byLabel }).rule).toEqual({
      key: 'score-insult',
      text: 'held: insult 0.80 ≥ 0.70, Desk: off-brand 0.70 ≥ 0.60',
    });
    expect(riskOf(scored(), DEFAULT_POLICY, found(0.9).external)).toBeCloseTo(1.75);
  });

  it('publishes a comment that an external scorer releases, but only from the labels that may be released', () => {
    const external = { found: [], absent: [], released: [{ name: 'House rules', below: 0.9 }] };
    const policy: PartialPolicy = {
      moderation: { thresholds: { ...LABEL_THRESHOLDS, toxicity: { hold: 0.8, reject: 0.85 } } },
    };
    const actionFor = (scores: Record<string, number>, overrides: object = {}) =>
      decideWith(scores, { facts: { external }, policy: byLabel, ...overrides }).action;
    expect(decideWith({ insult: 0.75 }, { facts: { external }, policy: byLabel })).toEqual({
      action: 'publish',
      rule: {
        key: 'all-clear',
        text: 'published: House rules found no violation, despite insult 0.75 ≥ 0.70',
      },
    });
    expect(actionFor({ insult: 0.9 })).toBe('hold');
    expect(actionFor({ toxicity: 0.86 }, { policy })).toBe('reject');
    for (const label of LABELS.filter(
      (name) => !['refusal', 'toxicity', 'insult', 'profanity', 'shouting'].includes(name),
    ))
      expect([label, actionFor({ [label]: 0.8, insult: 0.75 })]).toEqual([label, 'hold']);
    expect(actionFor({ refusal: 0.75, insult: 0.75 })).toBe('publish');
    expect(actionFor({ refusal: 0.75, insult: 0.75, sexual: 0.5 })).toBe('hold');
    expect(actionFor({ insult: 0.75 }, { standing: 'pre-moderated' })).toBe('hold');
    const found = [{ name: 'Other: violation', value: 0.9, hold: 0.5, reject: null }];
    expect(actionFor({ insult: 0.75 }, { facts: { external: { ...external, found } } })).toBe('hold');
  });

  it('publishes nothing while a required external scorer is unavailable', () => {
    const external = { found: [], absent: [{ name: 'Desk', reason: 'it took too long' }], released: [] };
    for (const standing of ['normal', 'trusted'] as const) {
      expect(decideWith({ bannedWords: 1 }, { facts: { external }, standing })).toEqual({
        action: 'hold',
        rule: { key: 'external-unavailable', text: 'held: Desk gave no score: it took too long' },
      });
    }
  });

  it('by default rejects banned words, but nothing on a model score alone', () => {
    expect(decideWith({ bannedWords: 1 })).toMatchObject({ action: 'reject', rule: { key: 'banned-word' } });
    const holding = LABELS.filter((label) => DEFAULT_POLICY.moderation.thresholds[label].hold !== null);
    for (const label of holding.filter((label) => label !== 'bannedWords'))
      expect(decideWith({ [label]: 1 }).action).toBe('hold');
    const others = LABELS.filter((label) => !holding.includes(label));
    expect(decideWith(Object.fromEntries(others.map((label) => [label, 1]))).action).toBe('publish');
  });

  it('also lists the hold reasons of a rejected comment', () => {
    const policy: PartialPolicy = { moderation: { thresholds: { spam: { reject: 0.98 } } } };
    expect(decideWith({ spam: 0.99, personalData: 0.75 }, { policy, facts: { isNew: true } }).rule).toEqual({
      key: 'score-spam',
      text: 'rejected: spam 0.99 ≥ 0.98, new reader; would also be held for personal data 0.75 ≥ 0.60',
    });
    expect(decideWith({ spam: 0.99 }, { policy }).rule.text).toBe('rejected: spam 0.99 ≥ 0.98');
  });

  it('holds a comment with a missing score, whatever other rules apply', () => {
    const scores = scored({ bannedWords: 1 });
    delete scores.insult;
    delete scores.threat;
    expect(chooseVerdict(scores, 'normal', completePolicy(byLabel), defaultFacts)).toEqual({
      action: 'hold',
      rule: { key: 'missing-score', text: 'held: no scores for insult, threat' },
    });
    const broken = { ...scored(), refusal: { value: Number.NaN, spans: [] } };
    expect(chooseVerdict(broken, 'trusted', DEFAULT_POLICY, defaultFacts).rule.key).toBe('missing-score');
  });

  it('does not require a label that the site switched off', () => {
    const scores = scored();
    delete scores.spam;
    const policy = completePolicy({ moderation: { thresholds: { spam: { hold: null } } } });
    expect(chooseVerdict(scores, 'normal', policy, defaultFacts).action).toBe('publish');
  });

  it('holds everything in hold-all mode', () => {
    expect(
      decideWith({ bannedWords: 1 }, { policy: { moderation: { mode: 'hold-all' } }, standing: 'trusted' }),
    ).toMatchObject({
      action: 'hold',
      rule: { key: 'hold-all' },
    });
  });

  it.each(['banned', 'suspended', 'pre-moderated'] as const)('holds a %s reader', (standing) => {
    expect(decideWith({}, { standing })).toMatchObject({
      action: 'hold',
      rule: { key: `standing-${standing}` },
    });
  });

  it('holds the first comments of a new reader when configured, but not those of a trusted reader', () => {
    const policy: PartialPolicy = { moderation: { newReaderHoldsFirst: 2 } };
    expect(decideWith({}, { policy, facts: { publishedCount: 1 } }).rule).toEqual({
      key: 'new-reader',
      text: "held: 1 published so far, a reader's first 2 comments are held for review",
    });
    expect(decideWith({}, { policy, facts: { publishedCount: 2 } }).action).toBe('publish');
    expect(decideWith({}, { policy, facts: { publishedCount: 0 }, standing: 'trusted' }).action).toBe(
      'publish',
    );
  });

  it('holds a comment that is part of a brigade, and names a higher score first', () => {
    const facts = { brigading: ['9 new accounts commented on this story within 10 minutes'], isNew: true };
    expect(decideWith({}, { facts }).rule).toEqual({
      key: 'brigading',
      text: 'held: 9 new accounts commented on this story within 10 minutes',
    });
    expect(decideWith({ insult: 0.8 }, { facts, policy: byLabel }).rule).toEqual({
      key: 'score-insult',
      text: 'held: insult 0.80 ≥ 0.70, 9 new accounts commented on this story within 10 minutes, new reader',
    });
    expect(decideWith({ bannedWords: 1 }, { facts }).action).toBe('reject');
    expect(decideWith({}, { facts, standing: 'trusted' }).action).toBe('publish');
    const policy: PartialPolicy = { moderation: { brigading: { mode: 'off' } } };
    expect(decideWith({}, { facts, policy }).action).toBe('publish');
  });

  it('holds an unscored language, even from trusted readers, unless the site publishes it', () => {
    const facts = { unscoredLanguage: 'de' };
    expect(decideWith({}, { facts }).rule).toEqual({
      key: 'unscored-language',
      text: 'held: in German, which is not scored',
    });
    expect(decideWith({}, { facts: { ...facts, hasOrderingScores: true } }).rule).toEqual({
      key: 'unscored-language',
      text: 'held: in German, whose scores only order the queue',
    });
    expect(decideWith({}, { facts: { unscoredLanguage: 'und', isNew: true } }).rule.text).toBe(
      'held: in an unrecognised language, which is not scored, new reader',
    );
    expect(decideWith({}, { facts, standing: 'trusted' }).action).toBe('hold');
    expect(decideWith({}, { facts, policy: { moderation: { unscored: 'publish' } } }).action).toBe('publish');
    const policy: PartialPolicy = { moderation: { unscored: 'hold-new' } };
    expect(decideWith({}, { facts, policy }).action).toBe('publish');
    expect(decideWith({}, { facts: { ...facts, isNew: true }, policy }).action).toBe('hold');
  });

  it('publishes a comment below the limit of its language’s model, and holds others as before', () => {
    const policy: PartialPolicy = {
      moderation: {
        languageModels: { de: 'publish' },
        publishBelow: { de: { toxicity: 0.2, model: '1.0.0' } },
        newReaderHoldsFirst: 1,
      },
    };
    const decideGerman = (value: number, more: Partial<DecisionFacts> = {}, scores = {}) =>
      decideWith(scores, {
        policy,
        facts: {
          unscoredLanguage: 'de',
          languageToxicity: { value, model: '1.0.0' },
          publishedCount: 1,
          ...more,
        },
      });
    expect(decideGerman(0.1999)).toEqual({
      action: 'publish',
      rule: { key: 'language-model', text: 'published: in German, toxicity 0.1999 < 0.2000' },
    });
    expect(decideGerman(0.2)).toEqual({
      action: 'hold',
      rule: { key: 'unscored-language', text: 'held: in German, toxicity 0.20 ≥ 0.20' },
    });
    expect(decideGerman(0.1, { languageToxicity: { value: 0.1, model: '2.0.0' } })).toMatchObject({
      action: 'hold',
      rule: { text: 'held: in German, whose model was updated after its limit was measured' },
    });
    expect(decideGerman(0.1, { languageToxicity: null }).action).toBe('hold');
    expect(decideGerman(0.1, { unscoredLanguage: 'pt' }).action).toBe('hold');
    expect(decideGerman(0.1, { publishedCount: 0 }).rule.key).toBe('new-reader');
    expect(decideGerman(0.1, {}, { refusal: 0.5 }).action).toBe('hold');
    // A limit without the choice has no effect.
    const { publishBelow } = policy.moderation!;
    expect(
      decideWith(
        {},
        {
          policy: { moderation: { publishBelow } },
          facts: { unscoredLanguage: 'de', languageToxicity: { value: 0, model: '1.0.0' } },
        },
      ).action,
    ).toBe('hold');
  });

  it('gives trusted readers higher hold thresholds, but no exception for rejections or listed words', () => {
    expect(decideWith({ refusal: 0.12 }, { standing: 'trusted' }).action).toBe('publish');
    expect(decideWith({ refusal: 0.13, insult: 0.6 }, { standing: 'trusted' }).rule.text).toBe(
      'held: insult, refusal 0.130 ≥ 0.129, trusted reader',
    );
    expect(decideWith({ bannedWords: 1 }, { standing: 'trusted' }).action).toBe('reject');
    expect(decideWith({ suspectWords: 0.5 }, { standing: 'trusted' }).action).toBe('hold');
  });

  it('never gets more lenient when a score rises or trust is lost', () => {
    const severity = { publish: 0, hold: 1, reject: 2 };
    const anyScore = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(anyScore, { minLength: LABELS.length, maxLength: LABELS.length }),
        fc.nat(LABELS.length - 1),
        anyScore,
        (values, index, otherValue) => {
          const before = Object.fromEntries(LABELS.map((label, i) => [label, values[i]]));
          const after = { ...before, [LABELS[index]]: Math.max(values[index], otherValue) };
          expect(severity[decideWith(after).action]).toBeGreaterThanOrEqual(
            severity[decideWith(before).action],
          );
          expect(severity[decideWith(before).action]).toBeGreaterThanOrEqual(
            severity[decideWith(before, { standing: 'trusted' }).action],
          );
        },
      ),
    );
  });
});

describe('riskOf', () => {
  it('is 1 at a threshold, higher above it, and 0 without scores', () => {
    const policy = completePolicy(byLabel);
    expect(riskOf(scored({ insult: 0.7 }), policy)).toBe(1);
    expect(riskOf(scored({ insult: 0.7, threat: 0.7 }), policy)).toBeCloseTo(1.5);
    expect(riskOf(scored({ refusal: 0.04 }), policy)).toBeCloseTo(0.5);
    expect(riskOf(scored({ refusal: 1 }), policy)).toBe(2);
    expect(riskOf(scored(), DEFAULT_POLICY)).toBe(0);
  });
});
