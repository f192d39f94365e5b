import { expect, it } from '@jest/globals';
import { policyDifferences } from './policy-differences.js';
import { completePolicy, type PartialPolicy } from './policy.js';

const between = (before: PartialPolicy, after: PartialPolicy) =>
  policyDifferences(completePolicy(before), completePolicy(after)).map(({ pointer: _, ...rest }) => rest);

it('finds none between a policy and itself, however sparse it is written', () =>
  expect(between({}, { editWindowSeconds: 300, moderation: { mode: 'score' } })).toEqual([]));

it('says of a threshold what it was and is', () =>
  expect(between({}, { moderation: { thresholds: { insult: { hold: 0.5, reject: 0.9 } } } })).toEqual([
    { what: 'insult: held from', before: 0.7, after: 0.5 },
    { what: 'insult: rejected from', before: null, after: 0.9 },
  ]));

it('says of a list which entries came and went', () =>
  expect(
    between(
      { moderation: { wordLists: { banned: ['a', 'b'] } } },
      { moderation: { wordLists: { banned: ['b', 'c'] } } },
    ),
  ).toEqual([{ what: 'banned words', before: ['a', 'b'], after: ['b', 'c'], added: ['c'], removed: ['a'] }]));

it('takes reasons by their codes, and what a tier alone has as come or gone', () => {
  const [reason] = between(
    { reasons: [{ code: 'spam', label: 'Spam', text: 'No.' }] },
    { reasons: [{ code: 'spam', label: 'Spam', text: 'No advertising.' }] },
  );
  expect(reason).toEqual({ what: 'reason spam', before: 'Spam: No.', after: 'Spam: No advertising.' });
  expect(between({}, { tiers: { gold: { maxChars: 9000 } } })).toEqual([
    { what: 'max chars for gold', before: null, after: 9000 },
  ]);
});
