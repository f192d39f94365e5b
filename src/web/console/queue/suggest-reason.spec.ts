import { describe, expect, it } from '@jest/globals';
import type { Reason } from '../api-types.js';
import { suggestReason } from './suggest-reason.js';

const REASONS = ['abuse', 'hate', 'threat', 'spam', 'personal-data', 'language', 'other'].map(
  (code) => ({ code }) as Reason,
);

const suggested = (topLabels: string[], flags: Record<string, number> = {}, reasons = REASONS) =>
  reasons[suggestReason({ topLabels, flags: { count: 0, reasons: flags } }, reasons)]?.code;

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
    expect(suggested(['toxicity', label])).toBe(code);
  });

  it('suggests a specific reason, even when severe toxicity scores highest', () => {
    expect(suggested(['severeToxicity', 'identityAttack'])).toBe('hate');
    expect(suggested(['severeToxicity'])).toBe('abuse');
  });

  it('uses the flags when no score is above its threshold', () => {
    expect(suggested([], { spam: 1, hate: 3 })).toBe('hate');
  });

  it('falls back to the next best reason of the site, and finally to its first', () => {
    const own = [{ code: 'house-rules' }, { code: 'abuse' }] as Reason[];
    expect(suggested(['threat'], {}, own)).toBe('abuse');
    expect(suggested(['spam'], {}, own)).toBe('house-rules');
  });
});
