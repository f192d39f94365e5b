import { describe, expect, it } from '@jest/globals';
import { DEFAULT_REASONS, type Reason } from './default-reasons.js';
import { reasonTextFor, textsOf } from './reason-text.js';

const LANGUAGES = ['af', 'ar', 'de', 'es', 'fr', 'nl', 'pt'];

describe('the default reasons', () => {
  it.each(DEFAULT_REASONS)(
    'translate $code into every language of the element, with distinct texts',
    (reason) => {
      const texts = textsOf(reason);
      expect(Object.keys(texts).sort()).toEqual(LANGUAGES);
      expect(new Set([reason.text, ...Object.values(texts)]).size).toBe(LANGUAGES.length + 1);
      for (const text of Object.values(texts)) expect(text.length).toBeLessThanOrEqual(500);
    },
  );
});

describe('reasonTextFor', () => {
  const customReason: Reason = {
    code: 'abuse',
    label: 'Abuse',
    text: 'Bleiben Sie sachlich.',
    texts: { it: 'Resti nel merito.' },
  };

  it('returns the text in the author’s language, or else the general text', () => {
    expect(reasonTextFor(DEFAULT_REASONS, 'spam', 'de')).toContain('Werbung');
    expect(reasonTextFor(DEFAULT_REASONS, 'spam', 'ja')).toContain('advertising');
    expect(reasonTextFor(DEFAULT_REASONS, 'spam', null)).toContain('advertising');
    expect(reasonTextFor([customReason], 'abuse', 'it')).toBe('Resti nel merito.');
  });

  it('uses no built-in text when the site changed the general text', () => {
    expect(reasonTextFor([customReason], 'abuse', 'fr')).toBe('Bleiben Sie sachlich.');
    expect(textsOf(customReason)).toEqual({ it: 'Resti nel merito.' });
  });

  it('prefers the text of the site to the built-in one', () => {
    const edited = { ...DEFAULT_REASONS[0], texts: { de: 'Ohne Angriffe, bitte.' } };
    expect(reasonTextFor([edited], 'abuse', 'de')).toBe('Ohne Angriffe, bitte.');
    expect(reasonTextFor([edited], 'abuse', 'nl')).toContain('Uw reactie');
  });

  it('is null for a code that the site does not have', () => {
    expect(reasonTextFor([customReason], 'spam', 'de')).toBeNull();
  });
});
