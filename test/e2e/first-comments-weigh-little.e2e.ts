import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const built = join(import.meta.dirname, '../../dist/web/widget');
/** Bytes of a built file as it travels to a client that takes gzip alone; brotli is smaller. */
const weigh = (path: string): number => statSync(`${path}.gz`).size;
const chunks = readdirSync(join(built, 'embed'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => [file.replace(/-.{8}\.js$/, ''), weigh(join(built, 'embed', file))] as const);
const chunk = (name: string): number => chunks.find(([each]) => each === name)?.[1] ?? 0;

const languages = ['en', 'af', 'ar', 'de', 'es', 'fr', 'nl', 'pt'];
const code = {
  first: weigh(join(built, 'embed.js')) + chunk('reading'),
  later: chunk('after') + chunk('acting'),
};

/** Compressed bytes that a reader downloads, by what they do and the language of the page. */
const budgets = [
  ...languages.flatMap((lang) => [
    { what: `first comments, ${lang}`, bytes: code.first + chunk(`${lang}-first`), most: 12_000 },
    { what: `live, menus, writing, ${lang}`, bytes: code.later + chunk(`${lang}-later`), most: 25_000 },
  ]),
  { what: 'flagging, deleting, appealing', bytes: chunk('asking'), most: 1_500 },
  ...languages.flatMap((lang) => [
    {
      what: `my page, ${lang}`,
      bytes: chunk('mine') + chunk(`${lang}-mine`) + chunk('words') + chunk(`${lang}-desk`),
      most: 10_000,
    },
    {
      what: `portfolio, ${lang}`,
      bytes: chunk('portfolio') + chunk(`${lang}-mine`) + chunk('words') + chunk(`${lang}-desk`),
      most: 10_000,
    },
  ]),
];

describe('what readers download', () => {
  it('stays within its budgets', () => {
    console.table(budgets);
    expect(budgets.filter(({ bytes, most }) => bytes > most)).toEqual([]);
    // Whatever is new is weighed too.
    expect(chunks.map(([name]) => name).sort()).toEqual(
      [
        'acting',
        'debug',
        'after',
        'asking',
        'page',
        'mine',
        'portfolio',
        'reading',
        'words',
        ...languages.flatMap((lang) => [`${lang}-first`, `${lang}-later`, `${lang}-mine`, `${lang}-desk`]),
      ].sort(),
    );
  });
});
