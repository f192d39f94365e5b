import { describe, expect, it } from '@jest/globals';
import { LABELS, NO_SCORE, type Label } from '../../scoring/scores.js';
import { completePolicy, type PartialPolicy } from '../../sites/policy.js';
import { chooseVerdict } from '../decision-rules.js';
import { verdictUnderPolicy, type ScoredText } from './draft-verdicts.js';

const aText = (body: string, found: Partial<Record<Label, number>> = {}): ScoredText => ({
  body,
  scores: Object.fromEntries(LABELS.map((label) => [label, { ...NO_SCORE, value: found[label] ?? 0 }])),
  language: 'en',
  standing: 'normal',
  facts: { publishedCount: 40, isNew: false, unscoredLanguage: null, announcesSelfHarm: false },
});

const live = completePolicy({});
const from = (text: ScoredText, draft: PartialPolicy) =>
  verdictUnderPolicy(text, live, completePolicy(draft));

describe('a draft policy', () => {
  it('makes exactly the same decisions as the live policy when nothing differs', () => {
    for (const text of [aText('Fine.'), aText('You fool.', { insult: 0.75 }), aText('x', { spam: 0.99 })])
      expect(from(text, {})).toEqual(chooseVerdict(text.scores, text.standing, live, text.facts));
  });

  it('applies its thresholds to the stored scores', () =>
    expect(
      from(aText('You fool.', { insult: 0.65 }), { moderation: { thresholds: { insult: { hold: 0.6 } } } }),
    ).toMatchObject({
      action: 'hold',
      rule: { key: 'score-insult' },
    }));

  it('finds its own words, domains and languages again', () => {
    const moderation = { wordLists: { banned: ['gadget'] } };
    expect(from(aText('Buy this gadget.'), { moderation })).toMatchObject({ action: 'reject' });
    expect(
      from(aText('See https://bad.example/x'), { moderation: { links: { block: ['bad.example'] } } }),
    ).toMatchObject({ action: 'hold', rule: { text: expect.stringContaining('links') } });
    expect(from(aText('Fine.'), { moderation: { languages: ['de'] } })).toMatchObject({
      rule: { key: 'off-language' },
    });
  });

  it('ignores words that are no longer listed', () => {
    const before = completePolicy({ moderation: { wordLists: { banned: ['gadget'] } } });
    expect(verdictUnderPolicy(aText('Buy this gadget.', { bannedWords: 1 }), before, live)).toMatchObject({
      action: 'publish',
    });
  });
});
