import { wordsOf } from './markdown.js';

/** So much of a text makes its excerpt, marks and addresses of links included. */
export const EXCERPT_SOURCE_CHARS = 1000;
const EXCERPT_CHARS = 160;
const characters = new Intl.Segmenter();

/**
 * How a comment begins, for lists and letters: its words on one line, without the small Markdown's marks.
 *
 * @param body the text, or at least the first `EXCERPT_SOURCE_CHARS` of it
 * @returns at most 160 UTF-16 units; a longer text ends behind a word, with `…` besides
 */
export function excerptOf(body: string): string {
  const words = wordsOf(body);
  if (words.length <= EXCERPT_CHARS) return words;
  const begun = characters.segment(words).containing(EXCERPT_CHARS)!.index;
  const word = words.lastIndexOf(' ', begun);
  // A word of half the length, such as an address, is cut rather than left out.
  return `${words.slice(0, word > EXCERPT_CHARS / 2 ? word : begun)}…`;
}
