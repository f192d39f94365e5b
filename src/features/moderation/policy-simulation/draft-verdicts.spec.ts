import { describe, expect, it } from '@jest/globals';
import { LABELS, NO_SCORE, type Label } from '../../scoring/scores.js';
import { completePolicy, type PartialPolicy } from '../../sites/policy.js';
import { chooseVerdict } from '../decision-rules.js';
import { verdictUnderPolicy, type ScoredText } from './draft-verdicts.js';

const scoredText = (body: string, found: Partial<Record<Label, number>> = {}): ScoredText => ({
  body,
  scores: Object.fromEntries(LABELS.map((label) => [label, { ...NO_SCORE, value: found[label] ?? 0 }])),
  language: 'en',
  standing: 'normal',
  facts: { publishedCount: 40, isNew: false, unscoredLanguage: null, announcesSelfHarm: false },
});

const live = completePolicy({});
const verdictOf = (text: ScoredText, draft: PartialPolicy) =>
  verdictUnderPolicy(text, live, completePolicy(draft));

describe('a draft policy', () => {
  it('makes the same decisions as the live policy if it is identical', () => {
    for (const text of [
      scoredText('Fine.'),
      scoredText('You fool.', { insult: 0.75 }),
      scoredText('x', { spam: 0.99 }),
    ])
      expect(verdictOf(text, {})).toEqual(chooseVerdict(text.scores, text.standing, live, text.facts));
  });

  it('applies its thresholds to the stored scores', () =>
    expect(
      verdictOf(scoredText('You fool.', { insult: 0.65 }), {
        moderation: { thresholds: { insult: { hold: 0.6 } } },
      }),
    ).toMatchObject({
      action: 'hold',
      rule: { key: 'score-insult' },
    }));

  it('recomputes the scores that depend on its words, domains and languages', () => {
    const moderation = { wordLists: { banned: ['gadget'] } };
    expect(verdictOf(scoredText('Buy this gadget.'), { moderation })).toMatchObject({ action: 'reject' });
    expect(
      verdictOf(scoredText('See https://bad.example/x'), {
        moderation: { links: { block: ['bad.example'] } },
      }),
    ).toMatchObject({ action: 'hold', rule: { text: expect.stringContaining('links') } });
    expect(verdictOf(scoredText('Fine.'), { moderation: { languages: ['de'] } })).toMatchObject({
      rule: { key: 'off-language' },
    });
  });

  it('ignores words that are no longer listed', () => {
    const before = completePolicy({ moderation: { wordLists: { banned: ['gadget'] } } });
    expect(
      verdictUnderPolicy(scoredText('Buy this gadget.', { bannedWords: 1 }), before, live),
    ).toMatchObject({
      action: 'publish',
    });
  });
});
