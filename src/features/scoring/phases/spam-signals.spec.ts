import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../sites/policy.js';
import type { Label, ScoreMap } from '../scores.js';
import { runPhases } from './index.js';
import { buildPhaseInput } from './phase-input.builder.js';
import { corroboratedSpam, spamReasons, SPAM_BY_TEXT_MAX, type SpamContext } from './spam-signals.js';

const HOLD = DEFAULT_POLICY.moderation.thresholds.spam.hold!;
const { links } = DEFAULT_POLICY.moderation;

const scoresOf = (values: Partial<Record<Label, number>>): ScoreMap =>
  Object.fromEntries(Object.entries(values).map(([label, value]) => [label, { value, spans: [] }]));

/** The spam score and its reasons, with the scores that the other phases gave. */
function spamOf(
  body: string,
  values: Partial<Record<Label, number>> = {},
  isNew = false,
): { value: number; reasons: readonly string[] } {
  const context: SpamContext = { body, links, isNew };
  const scores = scoresOf({ spam: 0, ...values });
  const spam = corroboratedSpam(context, scores);
  return { value: spam.value, reasons: spamReasons(context, { ...scores, spam }) };
}

describe('spam', () => {
  it.each<[string, string, Partial<Record<Label, number>>, boolean]>([
    ['the words', 'Subscribe to my channel', { spam: 1 }, false],
    ['the words, by a new reader', 'Subscribe to my channel', { spam: 1 }, true],
    ['a link', 'The plans are at https://plans.example/a', {}, true],
    ['a repeated text', 'Vote on Thursday', { repeat: 1 }, false],
    ['contact details', 'Call me on +44 20 7946 0958', { personalData: 0.9 }, false],
    ['a phrase of sellers', 'Order now, free shipping', {}, false],
    ['a known scheme', 'I made $8,450 last month working from home', {}, false],
    ['an offer', 'Buy cheap sunglasses, best quality', {}, false],
    [
      'the words and a link by a known reader',
      'Subscribe to my channel https://a.example',
      { spam: 1 },
      false,
    ],
    ['the words and a newspaper', 'Check out the report at https://www.bbc.co.uk/news/1', { spam: 1 }, true],
  ])('is not held for one signal: %s', (_, body, values, isNew) => {
    const { value, reasons } = spamOf(body, values, isNew);
    expect(value).toBeLessThanOrEqual(SPAM_BY_TEXT_MAX);
    expect(reasons).toEqual([]);
  });

  it.each<[string, Partial<Record<Label, number>>, boolean, string[]]>([
    [
      'Subscribe to my channel',
      { spam: 0.55, repeat: 0.9 },
      false,
      ['words of advertising', 'a repeated text or a flood'],
    ],
    ['Subscribe to my channel bit.ly/x', { spam: 0.55 }, false, ['words of advertising', 'a doubtful link']],
    ['Subscribe, text WIN to 80086', { spam: 0.55 }, false, ['words of advertising', 'contact details']],
    [
      'Please subscribe to my channel and check out my video https://a.example',
      { spam: 0.9 },
      true,
      ['words of advertising', 'a link by a new reader'],
    ],
    [
      'I made $8,450 last month working from home, see https://a.example',
      {},
      false,
      ['a known scheme', 'a link'],
    ],
    [
      'Real hackers got back my lost bitcoin, message Ghost_Recovery on Telegram',
      {},
      false,
      ['a known scheme', 'contact details'],
    ],
    ['Cheap viagra, order now', {}, false, ['a known scheme', 'an offer of goods']],
    ['Buy cheap sunglasses at shades.com', {}, false, ['an offer of goods', 'a link']],
  ])('is held for two signals, which are named: %j', (body, values, isNew, reasons) => {
    const found = spamOf(body, values, isNew);
    expect(found.value).toBeGreaterThanOrEqual(HOLD);
    expect(found.reasons).toEqual(expect.arrayContaining(reasons));
  });

  it.each([
    'Police warn of people who claim to be real hackers and recovered lost bitcoin: https://a.example/scam',
    'The report says that he made $50,000 in a week, see https://a.example',
    'A promo code cost the council £3,000, the court was told, https://a.example',
  ])('is not a scheme that is reported: %j', (body) => {
    expect(spamOf(body).value).toBe(0);
  });

  it.each([
    'I am a subscriber.',
    'Proud subscriber since 1987, and I will subscribe again.',
    'Check out the report at bbc.co.uk/news/uk-politics-68000000',
    'Check out the report at https://www.bbc.co.uk/news/uk-politics-68000000',
    'Read the study itself: https://www.nature.com/articles/s41586-024-00001-1',
    'Our plans are at https://www.lewesbridge.example/plans.pdf',
  ])('is not held by all phases, from a known or a new reader: %j', async (body) => {
    for (const isNew of [false, true]) {
      const { scores } = await runPhases(
        buildPhaseInput({ body, language: 'en', reader: { isNew, publishedCount: isNew ? 0 : 40 } }),
      );
      const { thresholds } = DEFAULT_POLICY.moderation;
      const held = (Object.keys(thresholds) as Label[]).filter(
        (label) => scores[label]!.value >= (thresholds[label].hold ?? Infinity),
      );
      expect([isNew, held]).toEqual([isNew, []]);
    }
  });
});
