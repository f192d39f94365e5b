import { expect, it } from '@jest/globals';
import type { Policy } from '../wire.js';
import { countOf, linesOf, patchBetween, thresholdOf } from './policy-draft.js';

const policy = {
  moderation: { thresholds: { insult: { hold: 0.7, reject: null } }, languages: ['en'] },
  editWindowSeconds: 300,
} as unknown as Policy;

it('sends what differs and nothing else; lists whole', () => {
  const other = structuredClone(policy);
  other.moderation.thresholds.insult.hold = null;
  other.moderation.languages = ['en', 'de'];
  const patch = patchBetween(policy, other);
  expect(patch).toEqual({ moderation: { thresholds: { insult: { hold: null } }, languages: ['en', 'de'] } });
  expect(countOf(patch)).toBe(2);
  expect(countOf(patchBetween(policy, policy))).toBe(0);
});

it('reads a list a line at a time', () => expect(linesOf(' a \n\nb\na')).toEqual(['a', 'b']));

it.each([
  ['', null],
  ['0,65', 0.65],
  ['1', 1],
  ['1.2', undefined],
  ['x', undefined],
])('a threshold %j is %j', (typed, value) => expect(thresholdOf(typed)).toBe(value));
