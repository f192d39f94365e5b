import { expect, it } from '@jest/globals';
import { policyDifferences } from './policy-differences.js';
import { completePolicy, type PartialPolicy } from './policy.js';

const differencesOf = (before: PartialPolicy, after: PartialPolicy) =>
  policyDifferences(completePolicy(before), completePolicy(after)).map(({ pointer: _, ...rest }) => rest);

it('finds no differences between equal policies, even when only one omits the defaults', () =>
  expect(differencesOf({}, { editWindowSeconds: 300, moderation: { mode: 'score' } })).toEqual([]));

it('shows the old and new value of a threshold', () =>
  expect(differencesOf({}, { moderation: { thresholds: { spam: { hold: 0.5, reject: 0.9 } } } })).toEqual([
    { what: 'spam: held from', before: 0.6, after: 0.5 },
    { what: 'spam: rejected from', before: null, after: 0.9 },
  ]));

it('shows the added and removed entries of a list', () =>
  expect(
    differencesOf(
      { moderation: { wordLists: { banned: ['a', 'b'] } } },
      { moderation: { wordLists: { banned: ['b', 'c'] } } },
    ),
  ).toEqual([{ what: 'banned words', before: ['a', 'b'], after: ['b', 'c'], added: ['c'], removed: ['a'] }]));

it('compares reasons by code, and lists tier settings that exist on one side only as added or removed', () => {
  const [reason] = differencesOf(
    { reasons: [{ code: 'spam', label: 'Spam', text: 'No.' }] },
    { reasons: [{ code: 'spam', label: 'Spam', text: 'No advertising.' }] },
  );
  expect(reason).toEqual({ what: 'reason spam', before: 'Spam: No.', after: 'Spam: No advertising.' });
  expect(differencesOf({}, { tiers: { gold: { maxChars: 9000 } } })).toEqual([
    { what: 'max chars for gold', before: null, after: 9000 },
  ]);
});
