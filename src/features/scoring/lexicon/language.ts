import { fold } from './fold.js';

// Fewer letters than this are too few to tell; emoji and figures are read by everybody.
const MIN_LETTERS = 12;

/**
 * Whether a text is in a language that the lexicon does not read. Only the script is looked at: what is written in
 * Latin letters counts as read, which homoglyphs of them are too.
 *
 * @param language what the caller was told (BCP 47); anything but English is not read
 */
export function isUnscoredLanguage(body: string, language: string | null): boolean {
  if (language !== null && !/^en(?:-|$)/i.test(language)) return true;
  const letters = fold(body).match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => letter <= '\x7f').length;
  return letters.length >= MIN_LETTERS && latin < letters.length / 2;
}
