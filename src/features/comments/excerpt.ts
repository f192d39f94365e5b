import { wordsOf } from './markdown.js';

/** Number of leading characters that an excerpt is made from, including markup and link URLs. */
export const EXCERPT_SOURCE_CHARS = 1000;
const EXCERPT_CHARS = 160;
const characters = new Intl.Segmenter();

/**
 * Returns the beginning of a comment for lists and emails: its words on one line, without Markdown markup.
 *
 * @param body the text, or at least the first `EXCERPT_SOURCE_CHARS` of it
 * @returns at most 160 UTF-16 units; a longer text is cut after a word and followed by an additional `…`
 */
export function excerptOf(body: string): string {
  const words = wordsOf(body);
  if (words.length <= EXCERPT_CHARS) return words;
  const cutIndex = characters.segment(words).containing(EXCERPT_CHARS)!.index;
  const word = words.lastIndexOf(' ', cutIndex);
  // Cut a word that fills half of the excerpt, such as a URL, instead of dropping it.
  return `${words.slice(0, word > EXCERPT_CHARS / 2 ? word : cutIndex)}…`;
}
