import { FOREIGN_WORDS } from './foreign-words.js';
import { LANGUAGES, vocabulary, type Vocabulary } from './vocabulary.js';
import { wordsForLanguage, type LanguageWord } from './language-words.js';

/*
 * Which language a comment is in. The scorer reads English, and what it does not read is held, so the question is
 * whether there is evidence for English. Comments are short and full of names and slang: each word is compared by its
 * frequency in English and in each other language, and what no list knows by its letters. Trigram profiles (franc,
 * tinyld, eld) were tried on such comments: they always name some language, and named a wrong one for a third to two
 * thirds of short English ones.
 */

// More says nothing new, and a hostile text must not take long.
const LOOKED_AT_CHARS = 4_000;
const MAX_WORDS = 600;
// Fewer letters of a foreign script than this are a name or a quotation; a sign of Chinese says more than a letter.
const MIN_LETTERS = 12;
const MIN_SIGNS = 4;
// Where nothing else is written, fewer do.
const MIN_LETTERS_ALONE = 6;

/* All evidence is in natural logarithms of likelihood ratios, English against one other language. */

/** A language of the site, before any word is read. English has it where the site names no language. */
const EXPECTED = Math.log(80);
/** The most that one word says for English: a common word, a rare one, a name or an abbreviation. */
const COMMON_MAX = 6;
const RARE_MAX = 3.5;
const NAME_MAX = 1.5;
/** Rarer words than this are no strong sign of English: foreign words and names are in dictionaries, too. */
const RARE = 4e-6;
/** The most that one word says for another language; less for what is probably a name. */
const FOREIGN_MAX = 9;
const FOREIGN_NAME_MAX = 2.5;
/** A text of common English words alone, two at least. */
const ALL_KNOWN = 3;
const KNOWN = 2e-5;
/** The same word again and again is one reason, or two. */
const REPEATS_MAX = 2;
/** So much evidence in a row is a passage in another language, whatever stands around it. */
const PASSAGE = 30;
/** What a sentence beside English ones must say for another language, more than a text of that sentence alone. */
const SENTENCE = 2;
/** Fewer letters of another script are no sentence. */
const MIN_SENTENCE_LETTERS = 4;
/** What is written in any language says nothing of the words beside it. */
const LOANS = new Set(
  'lol lmao rofl lmfao ok okay oki omg wtf thanks thx thanx tnx haha hahaha hehe wow bravo super hi hey hello bye yes yeah yep no cool nice sorry please pls bro top fake xd um er ta tut ty yw np hun wut kek gtg pmsl lolz oi danke merci gracias ciao hola adios amigo touché touche nein oui si da prego habibi encore maga'.split(
    ' ',
  ),
);
const QUOTED_LINE = /^[ \t]*>.*$/gm;
const QUOTATION = /["“„«][^"”“»\n]{1,80}["”“»]/g;
const SENTENCES = /[.!?…\n]+(?=\s|$)/;
const LAUGHTER = /^(?:(?:ha|he|hi|ho)+h?|l(?:o+l)+)$/;

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

/** @returns the script's language when most of the letters are of no Latin word */
function byScript(text: string): string | null {
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

const ENGLISH = 0;
const COUNT = LANGUAGES.length;

/** What a word says for English against each other language. */
interface Evidence {
  /** Per language, in the order of `LANGUAGES`; positive for English. */
  readonly against: Float32Array;
  /** Per language: 1 where its list has the word. */
  readonly listed: Uint8Array;
  readonly isListed: boolean;
  /** A common English word. */
  readonly isKnown: boolean;
  /** In the English dictionary, common or not. */
  readonly isDictionary: boolean;
  /** In the list of names of English texts. */
  readonly isKnownName: boolean;
}

/** The evidence of words that came lately: most words of a comment were met a short while before. */
const recent = new Map<string, Evidence>();
const RECENT_MAX = 20_000;

function evidenceOf(word: string): Evidence {
  const kept = recent.get(word);
  if (kept) return kept;
  const words = vocabulary();
  const { logs, listed, isListed, isDictionary, english } = words.look(spellingOf(word, words));
  const most = !isDictionary ? NAME_MAX : english < RARE ? RARE_MAX : COMMON_MAX;
  const against = new Float32Array(COUNT);
  for (let language = 1; language < COUNT; language++)
    against[language] = Math.max(-FOREIGN_MAX, Math.min(most, logs[ENGLISH] - logs[language]));
  const abusive = isDictionary ? undefined : abuse().get(word);
  for (const language of abusive ?? []) {
    against[language] = -FOREIGN_MAX;
    listed[language] = 1;
  }
  const evidence = {
    against,
    listed,
    isListed: isListed || abusive !== undefined,
    isKnown: isDictionary && english >= KNOWN,
    isDictionary,
    isKnownName: !isDictionary && english > 0,
  };
  if (recent.size >= RECENT_MAX) recent.clear();
  recent.set(word, evidence);
  return evidence;
}

/** Abuse of the lists of foreign words, phrases written together, by the languages that have it. */
const abuse = (): ReadonlyMap<string, readonly number[]> => (abusiveWords ??= abuseByLanguage());
let abusiveWords: ReadonlyMap<string, readonly number[]> | undefined;

function abuseByLanguage(): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [name, { profanity, insult, slur }] of Object.entries(FOREIGN_WORDS)) {
    const language = LANGUAGES.indexOf(name);
    if (language < 0) continue;
    for (const entry of [...profanity, ...insult, ...slur]) {
      const word = entry.replace(/[ *'’]/g, '');
      // Shorter words are names and abbreviations elsewhere.
      if (word.length < MIN_ABUSE_CHARS) continue;
      for (const spelling of new Set([word, word.normalize('NFD').replace(/\p{M}/gu, '')]))
        found.set(spelling, [...(found.get(spelling) ?? []), language]);
    }
  }
  return found;
}
const MIN_ABUSE_CHARS = 5;
const SHORT_ACRONYM = 3;

/** Stretched words as they are usually spelled: "soooo", "Loool", "hahaha". */
function spellingOf(word: string, words: Vocabulary): string {
  if (LAUGHTER.test(word)) return 'lol';
  if (words.has(word)) return word;
  const twice = word.replace(/(.)\1{2,}/gu, '$1$1');
  const once = word.replace(/(.)\1+/gu, '$1');
  const end = twice.replace(/(.)\1+$/u, '$1');
  return [twice, end, once].find((spelling) => words.has(spelling)) ?? twice;
}

/**
 * The language of a text, as far as there is evidence for one.
 *
 * @param expected the site's languages (ISO 639-1), likelier than others before anything is read; none named: English
 * @returns ISO 639-1; `und` for a script that is of no language known here; null for a text without words and for one
 *   whose words are evidence for no language. `unreadLanguage` tells the two apart.
 */
export function detectLanguage(text: string, expected: readonly string[] = []): string | null {
  const looked = ownWords(text.slice(0, LOOKED_AT_CHARS));
  const language = languageOf(looked, expected, 0);
  if (language !== 'en' || !SENTENCES.test(looked)) return language;
  return foreignSentence(looked, expected) ?? language;
}

/** What the author wrote below the lines that they quote; all of it where they only quote. */
function ownWords(text: string): string {
  if (!text.includes('>')) return text;
  const own = text.replace(QUOTED_LINE, ' ');
  return /\p{L}/u.test(own) ? own : text;
}

/** The language of the first sentence that is clearly in another than English; short quotations are not looked at. */
function foreignSentence(text: string, expected: readonly string[]): string | null {
  const sentences = text.replace(QUOTATION, ' ').split(SENTENCES, MAX_SENTENCES);
  for (const sentence of sentences) {
    if (!LATIN_LETTER.test(sentence) && (sentence.match(/\p{L}/gu)?.length ?? 0) >= MIN_SENTENCE_LETTERS) {
      const found = SCRIPTS.find(([script]) => sentence.match(script) !== null);
      return found ? found[1] : 'und';
    }
    const language = languageOf(sentence, expected, SENTENCE);
    if (language !== null && language !== 'en') return language;
    // Names alone are in no language.
    if (language === null && UNKNOWN_WORDS.test(sentence)) return 'und';
  }
  return null;
}
const MAX_SENTENCES = 100;
/** Two words at least, not all of them with a capital. */
const UNKNOWN_WORDS = /\p{L}{2,}[^\p{L}]+\p{Ll}{2,}/u;
const LATIN_LETTER = /\p{Script=Latin}/u;

/** @param english what speaks for English beside the words */
function languageOf(looked: string, expected: readonly string[], english: number): string | null {
  if (!LATIN.test(looked)) {
    const script = byScript(looked.normalize('NFKC').replace(/https?:\/\/\S+|\S{1,64}@\S+/giu, ' '));
    if (script) return script;
  }
  const { words } = wordsForLanguage(looked);
  const own = words.filter(({ text }) => !LOANS.has(text) && !LAUGHTER.test(text));
  const isEnglishLikely = expected.length === 0 || expected.includes('en');
  if (own.length === 0 && words.length > 0 && isEnglishLikely) return 'en';
  const looks = own.length > 0 ? own : words;
  return looks.length === 0 ? null : byWords(looks.slice(0, MAX_WORDS), expected, english);
}

// Of one text at a time; the same arrays for each.
const sums = new Float32Array(COUNT);
const runs = new Float32Array(COUNT);
const listedIn = new Int32Array(COUNT);

function byWords(
  words: readonly LanguageWord[],
  expected: readonly string[],
  forEnglish: number,
): string | null {
  const prior = (language: string): number =>
    (expected.length === 0 ? language === 'en' : expected.includes(language)) ? EXPECTED : 0;
  sums.fill(0);
  runs.fill(0);
  listedIn.fill(0);
  const seen = new Map<string, number>();
  let areKnown = words.length >= 2;
  let passage = ENGLISH;
  let longest = 0;
  const isNameFirst =
    words.length > 1 &&
    words[0].isOpening &&
    words.slice(1).every(({ text }) => evidenceOf(text).isDictionary);
  for (const { text, isName: isNameHere, isOpening, isAcronym } of words) {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    if (times > REPEATS_MAX) continue;
    const { against, listed, isListed, isKnown, isDictionary, isKnownName } = evidenceOf(text);
    // An acronym of no list says nothing, and a short one is in many lists as a word.
    if (isAcronym && (!isListed || (!isDictionary && text.length <= SHORT_ACRONYM))) continue;
    // "Arteta in": a name that English words say something of.
    const isName = isNameHere || (isNameFirst && isOpening && (!isListed || isKnownName));
    if (!isKnown) areKnown = false;
    for (let language = 1; language < COUNT; language++) {
      const isUnlisted = listed[language] === 0;
      const one =
        isName && (isUnlisted || isKnownName)
          ? Math.max(against[language], -FOREIGN_NAME_MAX)
          : against[language];
      sums[language] += one;
      if (!isUnlisted) listedIn[language]++;
      const run = Math.max(0, runs[language] - one);
      runs[language] = run;
      if (run > longest) {
        longest = run;
        passage = language;
      }
    }
  }
  const totalOf = (language: number): number => prior(LANGUAGES[language]) - sums[language];
  let best = 1;
  for (let language = 2; language < COUNT; language++) if (totalOf(language) > totalOf(best)) best = language;
  const english = prior('en') + forEnglish + (areKnown ? ALL_KNOWN : 0);
  if (english >= totalOf(best)) return longest >= PASSAGE ? LANGUAGES[passage] : 'en';
  // By its letters alone a text is only not English.
  return listedIn[best] > 0 && listedIn[best] * 2 >= seen.size ? LANGUAGES[best] : null;
}

/**
 * The language that nobody read a text in.
 *
 * @param language as `detectLanguage` found it
 * @param readable what the scorers that answered read, ISO 639-1
 * @returns null where one of them read it, or where it has no words; `und` where it cannot be told
 */
export function unreadLanguage(
  text: string,
  language: string | null,
  readable: readonly string[],
): string | null {
  if (language !== null) return readable.includes(language) ? null : language;
  const { words, hasHidden } = wordsForLanguage(text.slice(0, LOOKED_AT_CHARS));
  return words.length > 0 || hasHidden ? 'und' : null;
}
