import { expect, it } from '@jest/globals';
import type { Scorer } from '../api-types.js';
import { ownUses, stateOf } from './scorer-labels.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const aScorer = (change: Partial<Scorer>): Scorer =>
  ({
    enabled: true,
    circuit: 'closed',
    openUntil: null,
    callsPerDay: null,
    callsToday: 0,
    callsPerMonth: null,
    callsThisMonth: 0,
    isShadow: false,
    ...change,
  }) as Scorer;

it.each<[string, Partial<Scorer>, boolean?]>([
  ['Not called yet', {}],
  ['Not asked', { enabled: false, lastSuccessAt: at(-1) }],
  ['Called for a comparison only', { enabled: false, lastSuccessAt: at(-1) }, true],
  ['Paused for 5m', { enabled: false, circuit: 'open', openUntil: at(5), lastFailureAt: at(0) }, true],
  ['Answers', { lastSuccessAt: at(-1), lastFailureAt: at(-2) }],
  ['Last call failed', { lastSuccessAt: at(-2), lastFailureAt: at(-1) }],
  ['Paused for 5m', { circuit: 'open', openUntil: at(5), lastFailureAt: at(0) }],
  ['Paused for under a minute', { circuit: 'open', openUntil: at(0.5), lastFailureAt: at(0) }],
  ['Testing with one comment', { circuit: 'half-open', openUntil: at(-1) }],
  ['Budget used up', { callsPerDay: 10, callsToday: 10, lastSuccessAt: at(-1) }],
  ['Budget used up', { callsPerMonth: 100, callsThisMonth: 100, lastSuccessAt: at(-1) }],
  ['Answers, in shadow mode', { isShadow: true, lastSuccessAt: at(-1) }],
])('describes the state of a scorer: %s', (text, change, isCompared = false) => {
  expect(stateOf(aScorer(change), NOW, isCompared).text).toBe(text);
});

it('leaves out labels that are only mapped to the label of the same name', () => {
  const own = {
    'off-brand': { hold: 0.8 },
    spam: { as: ['spam'], reject: 1 },
    shouting: {},
  } as Scorer['labels'];
  expect(ownUses({ ...own, toxicity: { as: ['toxicity'] } })).toEqual(own);
});
