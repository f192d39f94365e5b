import { describe, expect, it } from '@jest/globals';
import { labelsOf } from './decision-labels.js';
import { SITE_LABELS } from './site-labels.js';

describe('training labels from a decision', () => {
  it('are all 0 for a published comment, whatever rule held it', () => {
    const labels = labelsOf({ refused: false, reason: null, rule: 'score-insult' });
    expect(Object.keys(labels)).toEqual([...SITE_LABELS]);
    expect(new Set(Object.values(labels))).toEqual(new Set([0]));
  });

  it.each([
    ['the reason', 'hate', 'score-spam', { refusal: 1, toxicity: 1, identityAttack: 1 }],
    ['the reason', 'language', null, { refusal: 1, profanity: 1 }],
    ['a reason or rule that says nothing about the text', 'off-topic', 'score-insult', {}],
    ['a reason or rule that says nothing about the text', 'other', 'score-insult', {}],
    ['the rule that held it', null, 'score-insult', { refusal: 1, toxicity: 1, insult: 1 }],
    ['the rule of the product that it was imported from', null, 'imported-spam', { spam: 1 }],
    ['a reason or rule that says nothing about the text', null, 'links', {}],
    ['abuse in general, if neither is known', null, 'all-clear', { refusal: 1, toxicity: 1 }],
    ['abuse in general, if neither is known', null, null, { refusal: 1, toxicity: 1 }],
    [
      'abuse in general, if neither is known',
      'a-reason-of-theirs',
      'score-spam',
      { refusal: 1, toxicity: 1 },
    ],
    ['abuse in general, if neither is known', 'toString', null, { refusal: 1, toxicity: 1 }],
  ])('come from the reason or rule of a refusal: %s', (_, reason, rule, expected) => {
    expect(labelsOf({ refused: true, reason, rule })).toEqual(expected);
  });
});
