import { expect, it } from '@jest/globals';
import { LABEL_THRESHOLDS } from '../../sites/label-thresholds.builder.js';
import { activeThresholds, completePolicy, DEFAULT_POLICY } from '../../sites/policy.js';
import { isUncertain, type LocalFindings } from './uncertain-band.js';

const BAND = { from: 0.3, to: 0.9 };
const local = (values: Record<string, number>, more: Partial<LocalFindings> = {}): LocalFindings => ({
  scores: Object.fromEntries(Object.entries(values).map(([label, value]) => [label, { value, spans: [] }])),
  thresholds: activeThresholds(completePolicy({ moderation: { thresholds: LABEL_THRESHOLDS } })),
  unreadLanguage: null,
  isHeldAnyway: false,
  ...more,
});

it.each<[string, boolean, LocalFindings]>([
  ['below the band', false, local({ insult: 0.29, toxicity: 0.1 })],
  ['at the beginning of the band', true, local({ insult: 0.3 })],
  ['held by a label that may be released', true, local({ insult: 0.89, toxicity: 0.85 })],
  ['at the end of the band', false, local({ insult: 0.9 })],
  ['held by a label that may not be released', false, local({ identityAttack: 0.65, insult: 0.5 })],
  ['a suspected threat', true, local({ threat: 0.35 })],
  ['a banned word', false, local({ bannedWords: 1, insult: 0.5 })],
  ['too many links', false, local({ links: 0.7, insult: 0.5 })],
  ['only a label that the policy does not use', false, local({ profanity: 0.6 })],
  ['only a fact below its threshold', false, local({ repeat: 0.5 })],
  ['held anyway', false, local({ insult: 0.5 }, { isHeldAnyway: true })],
  ['a language that only the scorer supports', true, local({}, { unreadLanguage: 'de' })],
  ['a language that nobody supports', false, local({ insult: 0.5 }, { unreadLanguage: 'fi' })],
  [
    'a banned word in a language that only the scorer supports',
    false,
    local({ bannedWords: 1 }, { unreadLanguage: 'de' }),
  ],
])('%s: uncertain is %s', (_, expected, findings) => {
  expect(isUncertain(BAND, ['de'], findings)).toBe(expected);
});

it.each<[string, boolean, Record<string, number>]>([
  ['below the band', false, { toxicity: 0.25, refusal: 0.05 }],
  ['near the threshold', true, { toxicity: 0.6, refusal: 0.07 }],
  ['held as an insult', true, { toxicity: 0.8, insult: 0.7, refusal: 0.7 }],
  ['held as a threat', false, { toxicity: 0.8, threat: 0.7, refusal: 0.7 }],
  ['certainly abusive', false, { toxicity: 0.95, insult: 0.7, refusal: 0.7 }],
])('by the default policy, %s: uncertain is %s', (_, expected, scores) => {
  const thresholds = activeThresholds(DEFAULT_POLICY);
  expect(isUncertain(BAND, [], local(scores, { thresholds }))).toBe(expected);
});

it('is certain about what the policy rejects', () => {
  const policy = completePolicy({ moderation: { thresholds: { insult: { reject: 0.8 } } } });
  const thresholds = activeThresholds(policy);
  expect(isUncertain(BAND, [], local({ insult: 0.79 }, { thresholds }))).toBe(true);
  expect(isUncertain(BAND, [], local({ insult: 0.8 }, { thresholds }))).toBe(false);
});
