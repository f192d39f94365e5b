import { describe, expect, it } from '@jest/globals';
import { emailLocaleFor } from './email-locale.js';
import type { EmailPageTexts, MessageFormat } from './email-texts.js';

type Entry = MessageFormat | EmailPageTexts;
const tags = ['af', 'ar', 'de', 'es', 'fr', 'nl', 'pt'];
const entriesOf = (tag: string): [string, Entry][] => Object.entries(emailLocaleFor(tag).texts);
const formsOf = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const namesIn = (entry: Entry): string[] =>
  [
    ...new Set(formsOf(entry).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))),
  ].sort();
const counted = (entry: Entry): entry is Readonly<Record<string, string>> =>
  typeof entry === 'object' && 'other' in entry;

describe.each(tags)('letters in %s', (tag) => {
  const theirs = Object.fromEntries(entriesOf(tag));

  it('say all that the English ones do, with the same names in it', () => {
    for (const [key, entry] of entriesOf('en')) {
      expect([key, namesIn(theirs[key])]).toEqual([key, namesIn(entry)]);
      expect([key, formsOf(theirs[key]).filter((form) => !form.trim())]).toEqual([key, []]);
      if (typeof entry === 'object' && !counted(entry))
        expect([key, Object.keys(theirs[key])]).toEqual([key, Object.keys(entry)]);
    }
    expect(Object.keys(theirs).sort()).toEqual(
      entriesOf('en')
        .map(([key]) => key)
        .sort(),
    );
  });

  it('are written in it, with every form that numbers ask for', () => {
    const rules = new Intl.PluralRules(tag);
    const asked = [...new Set(Array.from({ length: 101 }, (_, n) => rules.select(n)))];
    for (const [key, entry] of entriesOf('en')) {
      if (counted(entry))
        expect([key, Object.keys(theirs[key])]).toEqual([key, expect.arrayContaining(asked)]);
      expect(theirs[key] === entry && key !== 'quote' ? key : '').toBe('');
    }
  });
});

describe('speech', () => {
  it('is English where it is not one of the eight, and takes a country', () => {
    expect([
      emailLocaleFor('sw').lang,
      emailLocaleFor('pt-BR').lang,
      emailLocaleFor('constructor').lang,
      emailLocaleFor('').lang,
    ]).toEqual(['en', 'pt', 'en', 'en']);
    expect(emailLocaleFor('AR').dir).toBe('rtl');
  });

  it('puts values in once: what somebody is called says nothing else', () => {
    const { format } = emailLocaleFor('en');
    expect(format('{name} and {site}', { name: '{site}', site: 'The Paper' })).toBe('{site} and The Paper');
  });
});
