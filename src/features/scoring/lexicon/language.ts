// Fewer letters than this are too few to tell; emoji and figures are read by everybody.
const MIN_LETTERS = 12;

/**
 * Whether a text is in a language that the lexicon does not read. Only the script is looked at: a word with a
 * Latin letter counts as read, with homoglyphs among its letters too.
 *
 * @param language what the caller was told (BCP 47); anything but English is not read
 */
export function isUnscoredLanguage(body: string, language: string | null): boolean {
  if (language !== null && !/^en(?:-|$)/i.test(language)) return true;
  let letters = 0;
  let unread = 0;
  for (const [word] of body.normalize('NFKC').matchAll(/\p{L}+/gu)) {
    letters += word.length;
    // One Latin letter in it, and the others are there to disguise it.
    if (!/\p{Script=Latin}/u.test(word)) unread += word.length;
  }
  return letters >= MIN_LETTERS && unread > letters / 2;
}
