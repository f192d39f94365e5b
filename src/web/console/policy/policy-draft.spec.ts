import { expect, it } from '@jest/globals';
import type { Policy, PolicyPatch } from '../api-types.js';
import { changesText, countOf, linesOf, patchBetween, thresholdOf, withPatch } from './policy-draft.js';

const policy = {
  moderation: { thresholds: { insult: { hold: 0.7, reject: null } }, languages: ['en'] },
  editWindowSeconds: 300,
} as unknown as Policy;

it('sends only what differs, and always sends whole lists', () => {
  const other = structuredClone(policy);
  other.moderation.thresholds.insult.hold = null;
  other.moderation.languages = ['en', 'de'];
  const patch = patchBetween(policy, other);
  expect(patch).toEqual({ moderation: { thresholds: { insult: { hold: null } }, languages: ['en', 'de'] } });
  expect(countOf(patch)).toBe(2);
  expect(countOf(patchBetween(policy, policy))).toBe(0);
});

it('applies a draft to a policy that has changed since', () => {
  const patch = {
    moderation: { thresholds: { insult: { hold: null } }, languages: ['en', 'de'] },
  } as PolicyPatch;
  const newPolicy = structuredClone(policy);
  newPolicy.editWindowSeconds = 60;
  const draft = withPatch(newPolicy, patch);
  expect(patchBetween(newPolicy, draft)).toEqual(patch);
  expect(draft.editWindowSeconds).toBe(60);
  expect(newPolicy.moderation.languages).toEqual(['en']);
  expect([changesText(patch), changesText({ editWindowSeconds: 1 })]).toEqual(['2 changes', '1 change']);
});

it('reads a list with one entry per line', () => expect(linesOf(' a \n\nb\na')).toEqual(['a', 'b']));

it.each([
  ['', null],
  ['0,65', 0.65],
  ['1', 1],
  ['1.2', undefined],
  ['x', undefined],
])('reads a threshold of %j as %j', (typed, value) => expect(thresholdOf(typed)).toBe(value));
