import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint, fingerprintLength, similarity } from './fingerprint.js';

const text =
  'The ministry said on Tuesday that talks about the withdrawal would go on, but nobody in the capital believes a word of it.';

describe('fingerprint', () => {
  it('ignores case, spacing, punctuation and accents', () => {
    const variant = `  THE ministry said, on Tuesday: that talks about the withdrawal\n\nwould go on — but nobody in the capital belíeves a word\u200B of it!!!`;
    expect(fingerprint(variant)).toBe(fingerprint(text));
    expect(similarity(fingerprint(variant), fingerprint(text))).toBe(1);
  });

  it.each([
    ['emoji between the words', text.replaceAll(' ', ' 🙂 ')],
    ['an emoji at its end', `${text} 🔥🔥`],
    ['letters of another script that look the same', text.replaceAll('o', 'о').replaceAll('a', 'а')],
  ])('ignores %s', (_, variant) => {
    expect(fingerprint(variant)).toBe(fingerprint(text));
  });

  it('does not change text that is entirely in another script', () => {
    expect(fingerprint('Сообщение министра')).not.toBe(fingerprint('Coo6щehиe mиhиcтpa'));
    expect(fingerprintLength(fingerprint('Сообщение министра'))).toBe(18);
  });

  it('is similar for similar text', () => {
    const changed = text.replace('Tuesday', 'Wednesday');
    expect(similarity(fingerprint(changed), fingerprint(text))).toBeGreaterThan(0.7);
    expect(similarity(fingerprint(changed), fingerprint(text))).toBeLessThan(1);
  });

  it('differs for different text', () => {
    const other = 'Rates will stay where they are until spring, whatever the markets hope for this week.';
    expect(similarity(fingerprint(other), fingerprint(text))).toBeLessThan(0.3);
  });

  it('distinguishes emoji, and has length 0 for text without letters', () => {
    expect(fingerprint('👍')).not.toBe(fingerprint('👎'));
    expect(fingerprintLength(fingerprint('...'))).toBe(0);
    expect(fingerprintLength(fingerprint('So, so!'))).toBe(5);
  });

  it('can be compared with an empty or malformed fingerprint', () => {
    expect(similarity('', fingerprint(text))).toBe(0);
    expect(similarity('x:y:z', 'old')).toBe(0);
  });

  it('has a symmetric similarity that stays in range', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const value = similarity(fingerprint(a), fingerprint(b));
        expect(similarity(fingerprint(b), fingerprint(a))).toBe(value);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });
});
