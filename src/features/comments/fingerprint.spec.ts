import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint, fingerprintLength, similarity } from './fingerprint.js';

const text =
  'The ministry said on Tuesday that talks about the withdrawal would go on, but nobody in the capital believes a word of it.';

describe('fingerprint', () => {
  it('is the same for the same text in other dress', () => {
    const dressed = `  THE ministry said, on Tuesday: that talks about the withdrawal\n\nwould go on — but nobody in the capital belíeves a word\u200B of it!!!`;
    expect(fingerprint(dressed)).toBe(fingerprint(text));
    expect(similarity(fingerprint(dressed), fingerprint(text))).toBe(1);
  });

  it.each([
    ['emoji between the words', text.replaceAll(' ', ' 🙂 ')],
    ['an emoji at its end', `${text} 🔥🔥`],
    ['letters of another script that look the same', text.replaceAll('o', 'о').replaceAll('a', 'а')],
  ])('is the same with %s', (_, dressed) => {
    expect(fingerprint(dressed)).toBe(fingerprint(text));
  });

  it('reads a text in another script as it is', () => {
    expect(fingerprint('Сообщение министра')).not.toBe(fingerprint('Coo6щehиe mиhиcтpa'));
    expect(fingerprintLength(fingerprint('Сообщение министра'))).toBe(18);
  });

  it('is nearly the same for nearly the same text', () => {
    const changed = text.replace('Tuesday', 'Wednesday');
    expect(similarity(fingerprint(changed), fingerprint(text))).toBeGreaterThan(0.7);
    expect(similarity(fingerprint(changed), fingerprint(text))).toBeLessThan(1);
  });

  it('is another for another text', () => {
    const other = 'Rates will stay where they are until spring, whatever the markets hope for this week.';
    expect(similarity(fingerprint(other), fingerprint(text))).toBeLessThan(0.3);
  });

  it('tells emoji apart, and has a length for nothing', () => {
    expect(fingerprint('👍')).not.toBe(fingerprint('👎'));
    expect(fingerprintLength(fingerprint('...'))).toBe(0);
    expect(fingerprintLength(fingerprint('So, so!'))).toBe(5);
  });

  it('compares with anything', () => {
    expect(similarity('', fingerprint(text))).toBe(0);
    expect(similarity('x:y:z', 'old')).toBe(0);
  });

  it('is symmetric and stays in range', () => {
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
