import { toPlainText } from './markdown.js';

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
  const text = toPlainText(body);
  if (text.length <= EXCERPT_CHARS) return text;
  const cutIndex = characters.segment(text).containing(EXCERPT_CHARS)!.index;
  const lastSpace = text.lastIndexOf(' ', cutIndex);
  // Cut a word that fills half of the excerpt, such as a URL, instead of dropping it.
  return `${text.slice(0, lastSpace > EXCERPT_CHARS / 2 ? lastSpace : cutIndex)}…`;
}
