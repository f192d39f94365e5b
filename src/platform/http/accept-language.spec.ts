import { describe, expect, it } from '@jest/globals';
import { preferredLanguage } from './accept-language.js';

describe('preferredLanguage', () => {
  it.each([
    ['de', 'de'],
    ['pt-BR', 'pt'],
    ['ZH-Hant-TW', 'zh'],
    ['de-CH;q=0.7, fr;q=0.9, en;q=0.9', 'fr'],
    ['*, nl;q=0.5', 'nl'],
    ['fil, en;q=0.8', 'en'],
    ['es;q=0, af;q=0.1', 'af'],
  ])('for %p is %p', (header, language) => expect(preferredLanguage(header)).toBe(language));

  it.each([
    [undefined],
    [''],
    ['*'],
    ['tlh'],
    ['de_DE'],
    ['en;q=2'],
    ['en;q=x'],
    [',;,'],
    ['é'],
    ['x'.repeat(9_000)],
  ])('is null for %p', (header) => expect(preferredLanguage(header)).toBeNull());
});
