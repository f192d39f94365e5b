import { FUNCTION_WORDS, LETTERS } from './function-words.js';

/*
 * Which language a comment is in. Comments are short, full of names and slang, and mostly in the language that the
 * scorer reads: calling an English comment foreign holds it for nothing, so a language is only named on evidence, and
 * null says that there is too little. Trigram profiles (franc, tinyld, eld) were tried on such comments: they always
 * name some language, and named a wrong one for a third to two thirds of short English ones.
 */

// More says nothing new, and a hostile text must not take long.
const LOOKED_AT_CHARS = 4_000;
// Fewer letters of a foreign script than this are a name or a quotation; a sign of Chinese says more than a letter.
const MIN_LETTERS = 12;
const MIN_SIGNS = 4;
// Where nothing else is written, fewer do.
const MIN_LETTERS_ALONE = 6;
// A word that only one language has is 1, one of two languages half of that for each.
const ENOUGH = 1;
const A_HINT = 0.5;
/** By how much the evidence for another language must be stronger than that for English. */
const STRONGER = 1.5;
/** At least this share of the words must speak for it: a quotation in another language is not a text in it. */
const SHARE = 0.2;

/** Languages by a script that is theirs, or the most likely one in it. */
const SCRIPTS: readonly (readonly [script: RegExp, language: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
];
/** Neither of these needs a closer look. */
const PLAIN = /^[a-z']*$/;
const LATIN = /^[\u0000-\u02ff\u2000-\u20cf]*$/;
const OF_SIGNS = new Set(['ja', 'ko', 'zh']);
/** Letters that tell languages of one script apart. */
const WITHIN: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ru: [
    [/[іїєґ]/iu, 'uk'],
    [/[ђјљњћџ]/iu, 'sr'],
  ],
  ar: [
    [/[ٹڈڑںے]/u, 'ur'],
    [/[پچژگ]/u, 'fa'],
  ],
};

const LANGUAGES = Object.keys(FUNCTION_WORDS);
const ENGLISH = LANGUAGES.indexOf('en');
/** By their numbers, since each word of each comment is looked up. */
const languagesOfWord = new Map<string, number[]>();
for (const [number, language] of LANGUAGES.entries()) {
  for (const word of new Set(FUNCTION_WORDS[language])) {
    const known = languagesOfWord.get(word);
    if (known) known.push(number);
    else languagesOfWord.set(word, [number]);
  }
}
const languagesOfLetters = LETTERS.map(
  ([letters, languages]) => [letters, languages.map((language) => LANGUAGES.indexOf(language))] as const,
);

/** @returns the script's language when most of the letters are of no Latin word */
function byScript(text: string): string | null {
  if (LATIN.test(text)) return null;
  let letters = 0;
  let foreign = '';
  for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
    letters += word.length;
    // One Latin letter in it, and the others are there to disguise it.
    if (!/\p{Script=Latin}/u.test(word)) foreign += word;
  }
  if (foreign.length < MIN_SIGNS || foreign.length <= letters / 2) return null;
  const counts = SCRIPTS.map(([script, language]) => [foreign.match(script)?.length ?? 0, language] as const);
  const [most, language] = counts.reduce((a, b) => (b[0] > a[0] ? b : a));
  // Japanese is written in Chinese signs too, but never without its own.
  const found = language === 'zh' && counts[0][0] > 0 ? 'ja' : language;
  const least = foreign.length === letters ? MIN_LETTERS_ALONE : MIN_LETTERS;
  if (foreign.length < (OF_SIGNS.has(found) ? MIN_SIGNS : least)) return null;
  if (most === 0) return 'und';
  return WITHIN[found]?.find(([mark]) => mark.test(foreign))?.[1] ?? found;
}

function byWords(text: string): string | null {
  const evidence = new Float64Array(LANGUAGES.length);
  const witnesses = new Uint32Array(LANGUAGES.length);
  const words =
    text
      .toLowerCase()
      .replace(/[’ʼ]/g, "'")
      .match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? [];
  const add = (languages: readonly number[]): void => {
    for (const language of languages) {
      evidence[language] += 1 / languages.length;
      witnesses[language]++;
    }
  };
  const seen = new Map<string, number>();
  for (const word of words) {
    const times = (seen.get(word) ?? 0) + 1;
    seen.set(word, times);
    // The same word again and again is one reason, or two.
    if (times > 2) continue;
    const known = languagesOfWord.get(word);
    if (known) add(known);
    else if (!PLAIN.test(word))
      for (const [letters, languages] of languagesOfLetters) if (letters.test(word)) add(languages);
  }
  const english = evidence[ENGLISH];
  evidence[ENGLISH] = 0;
  const best = evidence.indexOf(Math.max(...evidence));
  const isSaid = witnesses[best] >= Math.max(2, words.length * SHARE);
  const isStronger = evidence[best] >= ENOUGH && evidence[best] >= english * STRONGER + A_HINT;
  if (isSaid && isStronger) return LANGUAGES[best];
  return english >= A_HINT ? 'en' : null;
}

/**
 * The language of a text, as far as it can be told: ISO 639-1, `und` for a script that is of no language known here.
 *
 * @returns null where too little speaks for any: such texts are read as English
 */
export function detectLanguage(text: string): string | null {
  const looked = text.slice(0, LOOKED_AT_CHARS).normalize('NFKC');
  const bare = looked.replace(/https?:\/\/\S+|\S{1,64}@\S+/giu, ' ');
  return byScript(bare) ?? byWords(bare);
}
