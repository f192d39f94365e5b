// Fewer letters of a foreign script may be a name or a quotation. A Chinese character counts more than a letter.
const MIN_LETTERS = 6;
const MIN_SIGNS = 4;
/** Fewer letters of another script are not a sentence. */
const MIN_SENTENCE_LETTERS = 4;
const LATIN_LETTER = /\p{Script=Latin}/u;

/** Languages by script: its only language or the most likely one. */
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
const LATIN = /^[\u0000-\u02ff\u2000-\u20cf]*$/;
const LOGOGRAPHIC_LANGUAGES = new Set(['ja', 'ko', 'zh']);
/** Letters that distinguish languages with the same script. */
const LANGUAGES_BY_SCRIPT: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ru: [
    [/[іїєґ]/iu, 'uk'],
    [/[ђјљњћџ]/iu, 'sr'],
    [/[ыэё]/iu, 'ru'],
    // Common words and endings of Ukrainian, for sentences without its letters.
    [
      /(?<!\p{L})(?:що|щоб|це|цей|але|або|вже|від|чи|був|була|було|були|дуже|яка|який|якщо|треба|бо|дякую|такий|також)(?!\p{L})|\p{L}{2}(?:ння|ський|ська|ати|ити|увати)(?!\p{L})/iu,
      'uk',
    ],
  ],
  ar: [
    [/[ٹڈڑںے]/u, 'ur'],
    [/[پچژگ]/u, 'fa'],
  ],
};

/** Further languages of a script that have no letters of their own in every sentence. */
const FURTHER_LANGUAGES_BY_SCRIPT: Readonly<Record<string, readonly string[]>> = {
  ru: ['uk', 'sr', 'bg', 'be', 'mk'],
  ar: ['fa', 'ur'],
};

/** The language of a text in the script of `main`: by its letters, or the one that the site expects. */
function languageWithin(main: string, text: string, expected: readonly string[]): string {
  const marked = LANGUAGES_BY_SCRIPT[main]?.find(([mark]) => mark.test(text))?.[1];
  if (marked !== undefined || expected.includes(main)) return marked ?? main;
  return FURTHER_LANGUAGES_BY_SCRIPT[main]?.find((language) => expected.includes(language)) ?? main;
}

/**
 * @param expected the site's languages (ISO 639-1), which decide between languages that share the script
 * @returns the script's language if most of the letters are not in Latin words
 */
export function languageByScript(written: string, expected: readonly string[]): string | null {
  if (LATIN.test(written)) return null;
  const text = written.normalize('NFKC').replace(/https?:\/\/\S+|\S{1,64}@\S+/giu, ' ');
  let letters = 0;
  let foreign = '';
  const foreignWords: string[] = [];
  for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
    letters += word.length;
    // If a word mixes Latin letters with others, the others disguise it.
    if (/\p{Script=Latin}/u.test(word)) continue;
    foreign += word;
    foreignWords.push(word);
  }
  if (foreign.length < MIN_SIGNS || foreign.length <= letters / 2) return null;
  const counts = SCRIPTS.map(([script, language]) => [foreign.match(script)?.length ?? 0, language] as const);
  const [most, language] = counts.reduce((a, b) => (b[0] > a[0] ? b : a));
  // Japanese uses Chinese characters too, but never without kana.
  const found = language === 'zh' && counts[0][0] > 0 ? 'ja' : language;
  if (foreign.length < (LOGOGRAPHIC_LANGUAGES.has(found) ? MIN_SIGNS : MIN_LETTERS)) return null;
  if (most === 0) return 'und';
  return languageWithin(found, foreignWords.join(' '), expected);
}

/**
 * @returns the language of the first sentence without a Latin letter; `und` if its script belongs to no language
 *   known here
 */
export function languageOfOtherScript(
  sentences: readonly string[],
  expected: readonly string[],
): string | null {
  for (const sentence of sentences) {
    if (LATIN_LETTER.test(sentence)) continue;
    if ((sentence.match(/\p{L}/gu)?.length ?? 0) < MIN_SENTENCE_LETTERS) continue;
    const found = SCRIPTS.find(([script]) => sentence.match(script) !== null)?.[1];
    return found === undefined ? 'und' : languageWithin(found, sentence, expected);
  }
  return null;
}

/** Whether all of it is in Latin letters, apart from symbols and emoji. */
export const isLatin = (text: string): boolean => LATIN.test(text);
