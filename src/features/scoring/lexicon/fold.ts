import { resolveConfusablesTransformer, resolveLeetSpeakTransformer } from 'obscenity';
import unhomoglyph from 'unhomoglyph';

/*
 * Maps characters to the letter that they are read as. Small capitals, full-width and mathematical letters, accents
 * and the homoglyphs of UTS 39 (unhomoglyph) become the plain letter; zero-width characters are removed.
 */

// Format controls, variation selectors and the diacritics that combine with any letter. The vowel signs of Indic
// scripts, which are also marks, count as letters here.
const INVISIBLE_CHARS =
  /[\p{Cf}\p{Me}\u0300-\u036f\u034f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u115f\u1160\u3164\uffa0]/gu;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u02b9\u00b4`\u2032]/g;
const DASHES = /[\u2010-\u2015\u2212\u2043]/g;
const LIGATURES = /[ßæœ]/g;
const DECOMPOSED_LIGATURES: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe' };
const CACHED_MAX = 8192;
// Characters that UTS 39 treats as separate letters: small capitals, letters turned upside down, the Greek epsilon.
const STYLED = new Map(
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ=abcdefghijklmnopqrstuvwyz', 'ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎꞓ=acefghijkmrtvmye'].flatMap(
    (pair) => {
      const [styled, plain] = pair.split('=');
      return [...styled].map((letter, at): [string, string] => [letter, plain[at]]);
    },
  ),
);
/** Upside-down letters; a word of them is read from its end. */
export const TURNED_LETTERS = 'ɐɔǝɟƃᵷɥᴉɾʞɯɹʇʌʍʎ';
const UPRIGHT_OF_TURNED = new Map(
  [...`${TURNED_LETTERS}bdpqnu`].map((letter, at): [string, string] => [
    letter,
    'acefgghijkmrtvwyqpdbun'[at],
  ]),
);
const HAS_TURNED = new RegExp(`[${TURNED_LETTERS}]`);

// Letters that no upside-down letter looks like. In a word with one of them, a turned letter is only a look-alike.
const UPRIGHT_ONLY = /[acefghijkmrtvwy]/i;

/** Whether a word contains upside-down letters and only letters that could be upside down. */
export const isTurned = (written: string): boolean => HAS_TURNED.test(written) && !UPRIGHT_ONLY.test(written);

/** Turns an upside-down word the right way up. */
export const flipUpsideDown = (written: string): string =>
  [...written.toLowerCase()]
    .reverse()
    .map((letter) => UPRIGHT_OF_TURNED.get(letter) ?? foldChar(letter))
    .join('');

// Letters in squares and circles, outlined and filled (Enclosed Alphanumeric Supplement), and regional indicators.
const BOXED = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6];
const plainBoxedLetter = (code: number): string => {
  const from = BOXED.find((first) => code >= first && code < first + 26);
  return from === undefined ? '' : String.fromCharCode(97 + code - from);
};

const cache = new Map<string, string>();

/** Folds one code point to none, one or several (ligatures, fractions) lower-case characters. */
export function foldChar(char: string): string {
  if (char >= ' ' && char <= '\x7e') return char.toLowerCase();
  let folded = cache.get(char);
  if (folded === undefined) {
    const normalized = char
      .replace(APOSTROPHES, "'")
      .replace(DASHES, '-')
      .normalize('NFKD')
      .replace(INVISIBLE_CHARS, '');
    // Lower case first, so that a word in capitals reads as the same word. For the shapes of capitals: foldLookalikes.
    folded = isAscii(normalized)
      ? normalized.toLowerCase()
      : plainBoxedLetter(char.codePointAt(0)!) ||
        latin(normalized.toLowerCase().replace(LIGATURES, (char) => DECOMPOSED_LIGATURES[char]));
    if (cache.size >= CACHED_MAX) cache.clear();
    cache.set(char, folded);
  }
  return folded;
}

/** Reads a word by the shape of its capitals where the small letters look different: Cyrillic `НЕ` is read as he. */
export function foldLookalikes(word: string): string {
  const normalized = word.normalize('NFKD').replace(INVISIBLE_CHARS, '');
  return fold(latin(normalized));
}

/** Folds a whole text with `foldChar`; offsets are lost. */
export function fold(text: string): string {
  let folded = '';
  for (const char of text) folded += foldChar(char);
  return folded;
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
// UTS 39 also maps within ASCII ("m" to "rn", "1" to "l"), which helps to compare names but not to read words.
const latin = (text: string): string =>
  (isAscii(text) ? text : text.replace(/[^\0-\x7f]+/g, (part) => unhomoglyph(part)))
    .normalize('NFKD')
    .replace(INVISIBLE_CHARS, '')
    .replace(/[^\0-\x7f]/g, (letter) => STYLED.get(letter) ?? letter);

type Transform = { transform: (char: number) => number | undefined };
const charOf = (transformer: unknown, char: string): string => {
  const code = (transformer as Transform).transform(char.codePointAt(0)!);
  return code === undefined ? '' : String.fromCodePoint(code);
};
const confusables = resolveConfusablesTransformer();
const leet = resolveLeetSpeakTransformer();

/**
 * Converts a folded word that mixes Latin letters with others to Latin, by obscenity's wider table. That table is
 * lenient about similarity, so use it only for words that are already disguised.
 */
export function unmix(word: string): string {
  let plain = '';
  for (const char of word) plain += isAscii(char) ? char : charOf(confusables, char);
  return plain.toLowerCase();
}

// Additions to obscenity's table.
const MORE_LEET: Record<string, string> = {
  '8': 'b',
  '9': 'g',
  '+': 't',
  '€': 'e',
  '¡': 'i',
  '£': 'l',
  '¢': 'c',
  '§': 's',
  '¥': 'y',
};
export const LEET_SIGNS = '@$!|+(€£¡¢§¥';
const LEET = new Map(
  [...`0123456789${LEET_SIGNS}`]
    .map((sign) => [sign, MORE_LEET[sign] ?? charOf(leet, sign)] as const)
    .filter(([sign, letter]) => letter !== sign),
);
const UPRIGHT_LOOKALIKE = /[1!|]/;

/**
 * Returns the words that digits and symbols may spell, best first: `1d10t` is read as idiot, `s1ut` as siut and slut.
 *
 * @param word folded; a mask (`?`) is kept
 * @returns empty for a number, an amount, an ordinal or a word too short for more than a guess
 */
export function unleet(word: string): string[] {
  let letters = 0;
  let signs = 0;
  for (const char of word) {
    if (LEET.has(char)) signs++;
    else if (char >= 'a' && char <= 'z') letters++;
  }
  if (signs === 0 || letters === 0 || isAmount(word) || (word.length < 4 && letters <= signs)) return [];
  const read = (upright: string): string =>
    word.replace(/[^a-z?]/g, (char) => (UPRIGHT_LOOKALIKE.test(char) ? upright : (LEET.get(char) ?? char)));
  return UPRIGHT_LOOKALIKE.test(word) ? [read('i'), read('l')] : [read('i')];
}

// $15bn, 2020s, 4th, 1.5m, 3pm
const isAmount = (word: string): boolean => /^[$€£¥+(]*\d+[a-z]{0,2}[!)]*$/.test(word);
