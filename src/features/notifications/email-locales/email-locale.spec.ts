import { describe, expect, it } from '@jest/globals';
import { emailLocaleFor } from './email-locale.js';
import type { EmailPageTexts, MessageFormat } from './email-texts.js';

type Entry = MessageFormat | EmailPageTexts;
const tags = ['af', 'ar', 'de', 'es', 'fr', 'nl', 'pt'];
const entriesOf = (tag: string): [string, Entry][] => Object.entries(emailLocaleFor(tag).texts);
const formsOf = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const placeholdersIn = (entry: Entry): string[] =>
  [
    ...new Set(formsOf(entry).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))),
  ].sort();
const hasPluralForms = (entry: Entry): entry is Readonly<Record<string, string>> =>
  typeof entry === 'object' && 'other' in entry;

describe.each(tags)('emails in %s', (tag) => {
  const translated = Object.fromEntries(entriesOf(tag));

  it('have the same texts as the English ones, with the same placeholders', () => {
    for (const [key, entry] of entriesOf('en')) {
      expect([key, placeholdersIn(translated[key])]).toEqual([key, placeholdersIn(entry)]);
      expect([key, formsOf(translated[key]).filter((form) => !form.trim())]).toEqual([key, []]);
      if (typeof entry === 'object' && !hasPluralForms(entry))
        expect([key, Object.keys(translated[key])]).toEqual([key, Object.keys(entry)]);
    }
    expect(Object.keys(translated).sort()).toEqual(
      entriesOf('en')
        .map(([key]) => key)
        .sort(),
    );
  });

  it('are all translated, with every plural form of the language', () => {
    const rules = new Intl.PluralRules(tag);
    const pluralCategories = [...new Set(Array.from({ length: 101 }, (_, n) => rules.select(n)))];
    for (const [key, entry] of entriesOf('en')) {
      if (hasPluralForms(entry))
        expect([key, Object.keys(translated[key])]).toEqual([key, expect.arrayContaining(pluralCategories)]);
      expect(translated[key] === entry && key !== 'quote' ? key : '').toBe('');
    }
  });
});

describe('the email locale', () => {
  it('falls back to English for an unknown language, and ignores the country', () => {
    expect([
      emailLocaleFor('sw').lang,
      emailLocaleFor('pt-BR').lang,
      emailLocaleFor('constructor').lang,
      emailLocaleFor('').lang,
    ]).toEqual(['en', 'pt', 'en', 'en']);
    expect(emailLocaleFor('AR').dir).toBe('rtl');
  });

  it('fills in placeholders once, so that a name cannot contain another one', () => {
    const { format } = emailLocaleFor('en');
    expect(format('{name} and {site}', { name: '{site}', site: 'The Paper' })).toBe('{site} and The Paper');
  });
});
