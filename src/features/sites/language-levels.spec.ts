import { describe, expect, it } from '@jest/globals';
import { languageModelUse, orderingLanguages } from './language-levels.js';
import { completePolicy, type ModerationPolicy } from './policy.js';

const settings = (moderation: Partial<ModerationPolicy>): ModerationPolicy =>
  completePolicy({ moderation }).moderation;

describe('languageModelUse', () => {
  it.each([
    ['de', ['en', 'de'], {}, 'assist'],
    ['de', ['en', 'de'], { de: 'hold' }, 'off'],
    ['de', [], {}, 'off'],
    ['de', [], { de: 'assist' }, 'assist'],
    ['fr', ['fr'], {}, 'order'],
    ['pl', ['pl'], {}, 'off'],
    ['pl', ['pl'], { pl: 'assist' }, 'order'],
    ['nl', ['nl'], {}, 'off'],
    ['en', ['en'], {}, 'off'],
    ['und', ['en', 'de'], {}, 'off'],
    ['constructor', ['en'], {}, 'off'],
    [null, ['de'], {}, 'off'],
  ] as const)(
    'for %s on a site with the languages %j and the settings %j is %s',
    (language, languages, languageModels, use) => {
      expect(languageModelUse(language, settings({ languages: [...languages], languageModels }))).toBe(use);
    },
  );
});

describe('orderingLanguages', () => {
  it('returns all except the experimental ones, unless the site has changed this', () => {
    expect([...orderingLanguages(null)].sort()).toEqual(['ar', 'de', 'es', 'fr', 'pt']);
    const policy = completePolicy({ moderation: { languageModels: { de: 'hold', pl: 'assist' } } });
    expect([...orderingLanguages(policy)].sort()).toEqual(['ar', 'es', 'fr', 'pl', 'pt']);
  });
});
