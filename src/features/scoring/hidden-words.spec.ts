import { expect, it } from '@jest/globals';
import { hiddenWords } from './hidden-words.js';

const hidden = (text: string): string[] => hiddenWords(text).map(([start, end]) => text.slice(start, end));

it.each([
  ['He shouted nigger at the striker.', ['nigger']],
  ['what a f@ggot, what a c u n t', ['f@ggot', 'c u n t']],
  ['The minister should resign over this crap.', []],
  ['', []],
])('hides only slurs and the worst words, also when quoted or disguised: %s', (text, words) =>
  expect(hidden(text)).toEqual(words),
);

it('hides nothing when there is no text', () => expect(hiddenWords(null)).toEqual([]));
