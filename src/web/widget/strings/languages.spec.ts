import { describe, expect, it } from '@jest/globals';
import * as af from './af.js';
import * as ar from './ar.js';
import * as de from './de.js';
import * as en from './en.js';
import * as es from './es.js';
import * as fr from './fr.js';
import * as nl from './nl.js';
import * as pt from './pt.js';
import * as afAccount from './account-portfolio/af.js';
import * as arAccount from './account-portfolio/ar.js';
import * as deAccount from './account-portfolio/de.js';
import * as enAccount from './account-portfolio/en.js';
import * as esAccount from './account-portfolio/es.js';
import * as frAccount from './account-portfolio/fr.js';
import * as nlAccount from './account-portfolio/nl.js';
import * as ptAccount from './account-portfolio/pt.js';
import { languageOf } from './languages.js';
import { createTranslator } from './translate.js';

/**
 * Texts that can be shown for a count of zero. All others are shown only for one or more, so a zero form would only
 * add bytes.
 */
const NEVER_ZERO_KEYS = new Set(['total', 'allComments', 'left', 'over']);

type Text = string | Record<string, string>;
const parts = ['first', 'gate', 'later', 'gateLater', 'account', 'accountPortfolio'] as const;
const textsOf = (language: object): Record<string, Text> =>
  Object.assign({}, ...parts.map((part) => (language as Record<string, object>)[part])) as Record<
    string,
    Text
  >;
const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const namesIn = (text: Text): string[] => [
  ...new Set(formsOf(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))),
];
const inEnglish = { ...en, ...enAccount };
const english = textsOf(inEnglish);
const languages = {
  af: { ...af, ...afAccount },
  ar: { ...ar, ...arAccount },
  de: { ...de, ...deAccount },
  es: { ...es, ...esAccount },
  fr: { ...fr, ...frAccount },
  nl: { ...nl, ...nlAccount },
  pt: { ...pt, ...ptAccount },
};

describe.each(Object.entries(languages))('the translations in %s', (lang, language) => {
  const texts = textsOf(language);

  it('have every text of the English catalogue, in the same parts', () => {
    for (const part of parts)
      expect(Object.keys((language as Record<string, object>)[part]).sort()).toEqual(
        Object.keys((inEnglish as unknown as Record<string, object>)[part]).sort(),
      );
    expect(Object.entries(texts).filter(([, text]) => formsOf(text).some((form) => !form.trim()))).toEqual(
      [],
    );
  });

  it('use the same placeholders', () => {
    for (const [key, text] of Object.entries(english))
      expect([key, namesIn(texts[key]).sort()]).toEqual([key, namesIn(text).sort()]);
  });

  it('have every plural form of the language', () => {
    const rules = new Intl.PluralRules(lang);
    const pluralCategories = (from: number) => [
      ...new Set(Array.from({ length: 200 }, (_, n) => rules.select(from + n))),
    ];
    for (const [key, text] of Object.entries(english)) {
      if (typeof text === 'string') expect([key, typeof texts[key]]).toEqual([key, 'string']);
      else
        expect([key, Object.keys(texts[key])]).toEqual([
          key,
          expect.arrayContaining(pluralCategories(NEVER_ZERO_KEYS.has(key) ? 0 : 1)),
        ]);
    }
  });

  it('are written in that language', () => {
    const same = Object.entries(texts).filter(
      ([key, text]) => typeof text === 'string' && text === english[key] && text.length > 14,
    );
    expect(same).toEqual([]);
  });
});

describe.each(Object.entries({ en: inEnglish, ...languages }))('accessible names in %s', (lang, language) => {
  const texts = textsOf(language);

  // WCAG 2.5.3: people who use voice control say what they see.
  it.each([
    ['reply', 'replyTo'],
    ['fresh', 'newCommentsName'],
  ] as const)('contain the visible text: %s', (visibleKey, nameKey) => {
    const t = createTranslator(texts, lang);
    for (const n of [1, 2, 3, 11, 100])
      expect(t(nameKey, { n, name: 'Ann' }).toLowerCase()).toContain(t(visibleKey, { n }).toLowerCase());
  });
});

describe('languageOf', () => {
  it('uses the page’s language if it has a translation, with its region for numbers', () => {
    expect(languageOf('pt-BR')).toEqual({ texts: 'pt', numbers: 'pt-BR' });
    expect(languageOf('AR')).toEqual({ texts: 'ar', numbers: 'AR' });
    expect(languageOf('en-ZA')).toEqual({ texts: 'en', numbers: 'en-ZA' });
  });

  it('falls back to English for any other language', () => {
    for (const tag of ['', 'sw', 'deutsch', 'x', 'de_DE'])
      expect(languageOf(tag)).toEqual({ texts: 'en', numbers: 'en' });
    expect(languageOf('de-1')).toEqual({ texts: 'de', numbers: 'de' });
  });
});
