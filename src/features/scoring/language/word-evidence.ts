import { AMBIGUOUS_WORDS } from './foreign-abuse.js';
import { FOREIGN_WORDS } from './foreign-words.js';
import { LOAN_WORDS } from './loan-phrases.js';
import { LANGUAGES, vocabulary, withoutAccents, type Vocabulary } from './vocabulary.js';

/* All evidence is in natural logarithms of likelihood ratios, English against one other language. */

/** Maximum evidence for English of one word: a common word, a rare one, a name or an abbreviation. */
const COMMON_MAX = 6;
const RARE_MAX = 3.5;
const NAME_MAX = 1.5;
/** Maximum evidence of one word for another language. */
const FOREIGN_MAX = 9;
/**
 * Minimum share of a common word in English text. Rarer words of the dictionary are weak evidence, because it also has
 * foreign words and names.
 */
const COMMON_SHARE = 2e-5;
const LAUGHTER = /^(?:(?:ha|he|hi|ho)+h?|l(?:o+l)+)$/;

const ENGLISH = 0;
const COUNT = LANGUAGES.length;

/** A word's evidence for English against each other language. */
export interface Evidence {
  /** Per language, in the order of `LANGUAGES`; positive for English. */
  readonly evidenceByLanguage: Float32Array;
  /** Per language: the logarithm of the word's probability. */
  readonly logs: Float64Array;
  /** Maximum evidence for any other language; 0 if the word is likelier in English than in all of them. */
  readonly mostForeign: number;
  /** Per language: 1 if its list has the word. */
  readonly listed: Uint8Array;
  readonly isListed: boolean;
  /** A common English word. */
  readonly isCommon: boolean;
  /** In the English dictionary, common or not. */
  readonly isDictionary: boolean;
  /** Not in the dictionary, but in the list of names that occur in English texts. */
  readonly isKnownName: boolean;
  /** Index of the language in which it is an insult or a slur; 0 if there is none or if it is also an English word. */
  readonly insultIn: number;
  /** A word that is used in every language. */
  readonly isLoan: boolean;
  /** In one of the English lists. */
  readonly isEnglish: boolean;
}

/** Cache of looked-up words, because most words of a comment also occur in recent ones. */
const recent = new Map<string, Evidence>();
const RECENT_MAX = 20_000;

export function evidenceOf(word: string): Evidence {
  const cached = recent.get(word);
  if (cached) return cached;
  const words = vocabulary();
  const { logs, listed, isListed, isDictionary, english } = words.evidenceFor(spellingOf(word, words));
  const maxForEnglish = !isDictionary ? NAME_MAX : english < COMMON_SHARE ? RARE_MAX : COMMON_MAX;
  const evidenceByLanguage = new Float32Array(COUNT);
  for (let language = 1; language < COUNT; language++)
    evidenceByLanguage[language] = Math.max(
      -FOREIGN_MAX,
      Math.min(maxForEnglish, logs[ENGLISH] - logs[language]),
    );
  const abusive = isDictionary ? undefined : abuse().get(word);
  for (const language of abusive?.languages ?? []) {
    evidenceByLanguage[language] = -FOREIGN_MAX;
    logs[language] = Math.max(logs[language], logs[ENGLISH] + FOREIGN_MAX);
    listed[language] = 1;
  }
  let lowest = 0;
  for (let language = 1; language < COUNT; language++)
    lowest = Math.min(lowest, evidenceByLanguage[language]);
  const evidence = {
    evidenceByLanguage,
    logs,
    mostForeign: -lowest,
    listed,
    isListed: isListed || abusive !== undefined,
    isCommon: isDictionary && english >= COMMON_SHARE,
    isDictionary,
    isKnownName: !isDictionary && english > 0,
    insultIn: english === 0 && abusive?.isInsult ? abusive.languages[0] : 0,
    isLoan: LOAN_WORDS.has(word) || LAUGHTER.test(word),
    isEnglish: english > 0,
  };
  if (recent.size >= RECENT_MAX) recent.clear();
  recent.set(word, evidence);
  return evidence;
}

/** A word from the lists of foreign abuse. */
interface Abuse {
  readonly languages: number[];
  /** Whether it is an insult and not only profanity. */
  isInsult: boolean;
}

/** The lists of foreign abuse by word; phrases are written as one word. */
const abuse = (): ReadonlyMap<string, Abuse> => (abusiveWords ??= abuseByWord());
let abusiveWords: ReadonlyMap<string, Abuse> | undefined;

function abuseByWord(): Map<string, Abuse> {
  const found = new Map<string, Abuse>();
  for (const [name, { profanity, insult, slur }] of Object.entries(FOREIGN_WORDS)) {
    const language = LANGUAGES.indexOf(name);
    if (language < 0) continue;
    for (const entries of [profanity, insult, slur])
      for (const entry of entries) {
        const word = entry.replace(/[ *'’]/g, '');
        // Shorter words are often names or abbreviations in other languages.
        if (word.length < MIN_ABUSE_CHARS) continue;
        for (const spelling of new Set([word, withoutAccents(word)])) {
          const abuseOfSpelling = found.get(spelling) ?? { languages: [], isInsult: false };
          abuseOfSpelling.languages.push(language);
          abuseOfSpelling.isInsult ||= entries !== profanity && !AMBIGUOUS_WORDS.has(entry);
          found.set(spelling, abuseOfSpelling);
        }
      }
  }
  return found;
}
const MIN_ABUSE_CHARS = 5;
/** The common English word that results if two swapped letters are corrected: "becuase". */
function swapped(word: string, words: Vocabulary): string | undefined {
  if (word.length > MAX_SWAPPED_CHARS) return undefined;
  for (let at = 0; at + 1 < word.length; at++) {
    const spelling = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    if (words.has(spelling) && words.evidenceFor(spelling).english >= COMMON_SHARE) return spelling;
  }
  return undefined;
}
const MAX_SWAPPED_CHARS = 12;

/** The usual spelling of stretched words: "soooo", "Loool", "hahaha". */
function spellingOf(word: string, words: Vocabulary): string {
  if (LAUGHTER.test(word)) return 'lol';
  if (words.has(word)) return word;
  const withDoubledLetters = word.replace(/(.)\1{2,}/gu, '$1$1');
  const once = word.replace(/(.)\1+/gu, '$1');
  const end = withDoubledLetters.replace(/(.)\1+$/u, '$1');
  return (
    [withDoubledLetters, end, once].find((spelling) => words.has(spelling)) ??
    swapped(word, words) ??
    withDoubledLetters
  );
}
