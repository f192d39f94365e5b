import { describe, expect, it } from '@jest/globals';
import type { QueueItem, Reason } from '../api-types.js';
import { suggestReason, topLabel } from './top-label.js';

const REASONS = ['abuse', 'hate', 'threat', 'spam', 'personal-data', 'language', 'other'].map(
  (code) => ({ code }) as Reason,
);

/** An item with these scores, a hold threshold of 0.5 for each, and these flags. */
function anItem(values: Record<string, number>, flags: Record<string, number> = {}): QueueItem {
  const each = <T>(make: (value: number) => T) =>
    Object.fromEntries(Object.entries(values).map(([label, value]) => [label, make(value)]));
  return {
    scores: each((value) => ({ value, spans: [] })),
    thresholds: each(() => ({ hold: 0.5, reject: null })),
    flags: { count: 0, reasons: flags },
  } as unknown as QueueItem;
}
const proposed = (item: QueueItem, reasons = REASONS) => reasons[suggestReason(item, reasons)]?.code;

describe('topLabel', () => {
  it('is the label furthest above its threshold', () => {
    expect(topLabel(anItem({ insult: 0.6, spam: 0.9 }))).toBe('spam');
    expect(topLabel(anItem({ insult: 0.4 }))).toBeNull();
  });

  it('is for a likely refusal the label that says why', () => {
    const item = (values: Record<string, number>): QueueItem => ({
      ...anItem(values),
      thresholds: { refusal: { hold: 0.08 }, spam: { hold: 0.6 } },
    });
    expect(topLabel(item({ refusal: 0.3, insult: 0.55, threat: 0.2 }))).toBe('insult');
    expect(topLabel(item({ refusal: 0.1, insult: 0.3, toxicity: 0.7 }))).toBe('toxicity');
    expect(topLabel(item({ refusal: 0.1, toxicity: 0.7, spam: 0.9 }))).toBe('spam');
    expect(topLabel(item({ refusal: 0.07, toxicity: 0.7 }))).toBeNull();
  });
});

describe('suggestReason', () => {
  it.each([
    ['insult', 'abuse'],
    ['identityAttack', 'hate'],
    ['threat', 'threat'],
    ['spam', 'spam'],
    ['flood', 'spam'],
    ['personalData', 'personal-data'],
    ['profanity', 'language'],
  ])('suggests for %s: %s', (label, code) => {
    expect(proposed(anItem({ toxicity: 0.6, [label]: 0.9 }))).toBe(code);
  });

  it('suggests a specific reason, even when severe toxicity scores highest', () => {
    expect(proposed(anItem({ severeToxicity: 0.9, identityAttack: 0.8 }))).toBe('hate');
    expect(proposed(anItem({ severeToxicity: 0.9, identityAttack: 0.4 }))).toBe('abuse');
  });

  it('uses the flags when no score is above its threshold', () => {
    expect(proposed(anItem({ insult: 0.1 }, { spam: 1, hate: 3 }))).toBe('hate');
  });

  it('falls back to the next best reason of the site, and finally to its first', () => {
    const own = [{ code: 'house-rules' }, { code: 'abuse' }] as Reason[];
    expect(proposed(anItem({ threat: 0.9 }), own)).toBe('abuse');
    expect(proposed(anItem({ spam: 0.9 }), own)).toBe('house-rules');
  });
});
