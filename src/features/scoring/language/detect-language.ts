import { loanPhraseAt } from './loan-phrases.js';
import { isLatin, languageByScript, languageOfOtherScript } from './scripts.js';
import { LANGUAGES, withoutAccents } from './vocabulary.js';
import { evidenceOf, type Evidence } from './word-evidence.js';
import { QUOTATION, wordsForLanguage, type LanguageWord } from './language-words.js';

/*
 * Detects the language of a comment. The scorer reads English, and comments in unsupported languages are held, so the
 * question is whether there is evidence for English. Comments are short and full of names and slang. Each word is
 * compared by its frequency in English and in each other language; words in no list are compared by their letters.
 * Trigram profiles (franc, tinyld, eld) were tried on such comments: they always name some language, and named a
 * wrong one for a third to two thirds of short English ones.
 *
 * All evidence is in natural logarithms of likelihood ratios, English against one other language.
 */

// Further text adds no evidence, and a hostile text must not take long.
const MAX_CHARS = 4_000;
const MAX_WORDS = 600;

/** Prior of the site's languages. If the site declares no language, English gets it. */
const EXPECTED_PRIOR = Math.log(35);
/** Maximum evidence for another language from one word that is probably a name. */
const FOREIGN_NAME_MAX = 2.5;
/**
 * Bonus for English if the text is a single word that English knows: it is foreign only if it is much likelier
 * elsewhere.
 */
const SINGLE_WORD_BONUS = 2;
/** Bonus for English for a single capitalised word that is in no list, because it may be a name. */
const UNKNOWN_ALONE = 1.2;
/** Bonus for English for a text of at least two words that are all common English words. */
const ALL_COMMON_BONUS = 3;
/** A repeated word counts at most this many times. */
const REPEATS_MAX = 2;
/** This much evidence in a row is a passage in another language, regardless of the rest of the text. */
const FOREIGN_PASSAGE_EVIDENCE = 30;
/**
 * Additional evidence that a sentence among English ones needs to count as another language, compared with a text of
 * that sentence alone.
 */
const FOREIGN_SENTENCE_EVIDENCE = 1;
/** The same for a clause of at least two words in a short comment; longer comments are split into sentences only. */
const FOREIGN_CLAUSE_EVIDENCE = 3;
const MAX_WORDS_FOR_CLAUSES = 60;
/** Limits how much likelier one word, or a name that is in no list, makes one foreign language than another. */
const WORD_RANGE = 7;
const NAME_RANGE = 2.5;
/** Minimum lead of the most likely foreign language over the second one. */
const MIN_LEAD = 0.5;

const QUOTED_LINE = /^[ \t]*>.*$/gm;
const SENTENCE_END = /[.!?…\n]+(?=\s|$)/;
const SHORT_ACRONYM = 3;
const NO_VOWELS = /^[b-df-hj-np-tv-xz]{2,6}$/;

const COUNT = LANGUAGES.length;
/** ISO 639-1. */
const codeOf = (language: number): string => LANGUAGES[language].slice(0, 2);

/** A word and its evidence. */
interface ReadWord extends LanguageWord {
  readonly evidence: Evidence;
}

/**
 * Detects the language of a text, as far as there is evidence for one.
 *
 * @param expected the site's languages (ISO 639-1), which get a higher prior; if empty, English does
 * @returns ISO 639-1; `und` for a script of no language known here; null for a text without words and for one whose
 *   words are evidence for no language. `unreadLanguage` distinguishes the two.
 */
export function detectLanguage(text: string, expected: readonly string[] = []): string | null {
  return detect(text, expected).language;
}

/** The language of a text, and whether it is only part of it because the rest is English. */
export interface Detection {
  /** As returned by `detectLanguage`. */
  readonly language: string | null;
  readonly hasEnglish: boolean;
}

const only = (language: string | null): Detection => ({ language, hasEnglish: language === 'en' });
const besideEnglish = (language: string): Detection => ({ language, hasEnglish: true });

/** Like `detectLanguage`, for callers that read each part of a text in its own language. */
export function detect(text: string, expected: readonly string[] = []): Detection {
  const ownText = ownWords(text.slice(0, MAX_CHARS));
  const script = languageByScript(ownText, expected);
  if (script !== null) return only(script);
  const words: ReadWord[] = wordsForLanguage(ownText)
    .words.slice(0, MAX_WORDS)
    .map((word) => Object.assign(word, { evidence: evidenceOf(word.text) }));
  if (words.length === 0) return only(null);
  const informative = evidenceWords(words);
  const prior = priorsOf(expected);
  if (informative.length === 0 && prior[0] > 0) return only('en');
  const found = judge(
    informative.length > 0 ? informative : words,
    prior,
    words.length === 1 ? singleWordBonus(words[0]) : 0,
  );
  if (found.language !== 'en') return hasEnglishPart(informative) ? { ...found, hasEnglish: true } : found;
  if (!isLatin(ownText)) {
    const other = languageOfOtherScript(ownText.replace(QUOTATION, ' ').split(SENTENCE_END), expected);
    if (other !== null) return besideEnglish(other);
  }
  const part = foreignPart(informative, prior);
  return part === null ? found : besideEnglish(part);
}

/** Bonus for English if the text is a single word. */
function singleWordBonus({ text, isOpening, evidence: { isEnglish, isListed } }: ReadWord): number {
  if (isEnglish) return SINGLE_WORD_BONUS;
  return isOpening && !isListed && /^[a-z]+$/.test(text) ? UNKNOWN_ALONE : 0;
}

/** The author's text without quoted lines; the whole text if it only contains quotes. */
function ownWords(text: string): string {
  if (!text.includes('>')) return text;
  const own = text.replace(QUOTED_LINE, ' ');
  return /\p{L}/u.test(own) ? own : text;
}

/** The words that are evidence: no borrowed phrases and no words that are used in every language. */
function evidenceWords(words: readonly ReadWord[]): readonly ReadWord[] {
  const plain = words.map(({ text }) => withoutAccents(text));
  const own: ReadWord[] = [];
  for (let at = 0; at < words.length;) {
    const length = loanPhraseAt(plain, at);
    if (length === 0 && !words[at].evidence.isLoan) own.push(words[at]);
    at += length || 1;
  }
  return own;
}

/** Prior evidence for each language. */
function priorsOf(expected: readonly string[]): readonly number[] {
  const key = expected.join();
  let prior = priors.get(key);
  if (!prior) {
    const isExpected = (code: string): boolean =>
      expected.length === 0 ? code === 'en' : expected.includes(code);
    prior = LANGUAGES.map((_, language) => (isExpected(codeOf(language)) ? EXPECTED_PRIOR : 0));
    if (priors.size >= PRIORS_MAX) priors.clear();
    priors.set(key, prior);
  }
  return prior;
}
const priors = new Map<string, readonly number[]>();
const PRIORS_MAX = 100;

/** The language of the first sentence or clause that is clearly not English. Quotations are skipped. */
function foreignPart(words: readonly ReadWord[], prior: readonly number[]): string | null {
  const unquoted = words.filter(({ isQuoted }) => !isQuoted);
  const sentences = partsOf(unquoted, 'sentence');
  if (sentences.length > 1 || unquoted.length < words.length)
    for (const sentence of sentences) {
      const { language } = judge(sentence, prior, FOREIGN_SENTENCE_EVIDENCE, true);
      if (language !== null && language !== 'en') return language;
      // Names alone belong to no language.
      if (language === null && sentence.slice(1).some(({ isName }) => !isName)) return 'und';
    }
  if (words.length > MAX_WORDS_FOR_CLAUSES) return null;
  for (const clause of partsOf(unquoted, 'clause')) {
    if (clause.length < 2 || clause.length === unquoted.length) continue;
    const { language } = judge(clause, prior, FOREIGN_CLAUSE_EVIDENCE, true);
    if (language !== null && language !== 'en') return language;
  }
  return null;
}

/** Whether a sentence or clause of a text in another language is English by its words alone. */
function hasEnglishPart(words: readonly ReadWord[]): boolean {
  const isEnglish = (part: readonly ReadWord[]): boolean =>
    part.length >= 2 && part.length < words.length && judge(part, NO_PRIOR, 0, true).language === 'en';
  return partsOf(words, 'sentence').some(isEnglish) || partsOf(words, 'clause').some(isEnglish);
}
const NO_PRIOR: readonly number[] = LANGUAGES.map(() => 0);

/** Groups consecutive words of the same sentence or clause. */
function partsOf(words: readonly ReadWord[], kind: 'sentence' | 'clause'): ReadWord[][] {
  const parts: ReadWord[][] = [];
  for (const [at, word] of words.entries())
    if (at > 0 && word[kind] === words[at - 1][kind]) parts[parts.length - 1].push(word);
    else parts.push([word]);
  return parts;
}

// Buffers that are reused for each text.
const sums = new Float32Array(COUNT);
const runs = new Float32Array(COUNT);
const listedIn = new Int32Array(COUNT);

/**
 * @param forEnglish evidence for English besides the words
 * @param isPart whether the words are a part of an English text
 * @returns null as the language if it is not English and no other language is clearly the most likely one
 */
function judge(
  words: readonly ReadWord[],
  prior: readonly number[],
  forEnglish: number,
  isPart = false,
): Detection {
  let areAllCommon = words.length >= 2;
  let mostForeign = 0;
  let insult = 0;
  for (const { evidence } of words) {
    mostForeign += evidence.mostForeign;
    insult ||= evidence.insultIn;
    if (!evidence.isCommon) areAllCommon = false;
  }
  const english = prior[0] + forEnglish + (areAllCommon ? ALL_COMMON_BONUS : 0);
  // Fast path for most texts on an English site: no language can have more evidence than English, and no passage is
  // foreign.
  if (
    insult === 0 &&
    mostForeign < FOREIGN_PASSAGE_EVIDENCE &&
    english >= mostForeign + Math.max(...prior.slice(1))
  )
    return only('en');
  return compare(words, prior, english, insult, isPart);
}

function compare(
  words: readonly ReadWord[],
  prior: readonly number[],
  english: number,
  insult: number,
  isPart: boolean,
): Detection {
  sums.fill(0);
  runs.fill(0);
  listedIn.fill(0);
  const seen = new Map<string, number>();
  let passage = 0;
  let longest = 0;
  const isNameFirst =
    words.length > 1 && words[0].isOpening && words.slice(1).every(({ evidence }) => evidence.isDictionary);
  for (const [at, { text, isName: isNameHere, isAcronym, evidence }] of words.entries()) {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    if (times > REPEATS_MAX) continue;
    const { evidenceByLanguage, listed, isListed, isDictionary, isKnownName } = evidence;
    // An acronym that is in no list is no evidence, and a short one occurs in many lists as a word.
    if (isAcronym && (!isListed || (!isDictionary && text.length <= SHORT_ACRONYM))) continue;
    // The same holds for a lower-case abbreviation: "ftfy".
    if (!isListed && NO_VOWELS.test(text)) continue;
    // "Arteta in": a capitalised first word is a name if it is in no list or a known name.
    const isName = isNameHere || (isNameFirst && at === 0 && (!isListed || isKnownName));
    for (let language = 1; language < COUNT; language++) {
      const isUnlisted = listed[language] === 0;
      const wordEvidence =
        isName && (isUnlisted || isKnownName)
          ? Math.max(evidenceByLanguage[language], -FOREIGN_NAME_MAX)
          : evidenceByLanguage[language];
      sums[language] += wordEvidence;
      if (!isUnlisted) listedIn[language]++;
      const run = Math.max(0, runs[language] - wordEvidence);
      runs[language] = run;
      if (run > longest) {
        longest = run;
        passage = language;
      }
    }
  }
  const totalOf = (language: number): number => prior[language] - sums[language];
  let best = 1;
  for (let language = 2; language < COUNT; language++) if (totalOf(language) > totalOf(best)) best = language;
  if (english >= totalOf(best)) {
    if (longest >= FOREIGN_PASSAGE_EVIDENCE) return besideEnglish(codeOf(passage));
    return insult > 0 && prior[insult] === 0 ? besideEnglish(codeOf(insult)) : only('en');
  }
  const isListed = listedIn[best] > 0 && listedIn[best] * 2 >= seen.size;
  if (isListed) return only(nameOf(words, prior) ?? codeOf(best));
  // In a part of an English text, letters alone are too little: names and slang look foreign.
  return only(isPart ? null : nameOf(words, prior));
}

/** Names the language of words that are not English; null if no language is clearly likelier than all others. */
function nameOf(words: readonly ReadWord[], prior: readonly number[]): string | null {
  const latinWords = words.filter(({ text }) => HAS_LATIN.test(text));
  // Names belong to no language.
  if (latinWords.length === 0 || (words.length > 1 && words.slice(1).every(({ isName }) => isName)))
    return null;
  likelihoods.set(prior);
  for (const { isName, evidence } of latinWords) {
    let most = -Infinity;
    for (let language = 1; language < COUNT; language++) most = Math.max(most, evidence.logs[language]);
    for (let language = 1; language < COUNT; language++) {
      const range = isName && evidence.listed[language] === 0 ? NAME_RANGE : WORD_RANGE;
      likelihoods[language] += Math.max(evidence.logs[language] - most, -range);
    }
  }
  let best = 1;
  for (let language = 2; language < COUNT; language++)
    if (likelihoods[language] > likelihoods[best]) best = language;
  let second = -Infinity;
  for (let language = 1; language < COUNT; language++)
    if (codeOf(language) !== codeOf(best)) second = Math.max(second, likelihoods[language]);
  return likelihoods[best] - second >= MIN_LEAD ? codeOf(best) : null;
}
const HAS_LATIN = /\p{Script=Latin}/u;
const likelihoods = new Float32Array(COUNT);

/**
 * Returns the language of a text that no scorer supports.
 *
 * @param language as returned by `detectLanguage`
 * @param readable languages (ISO 639-1) supported by the scorers that responded
 * @returns null if one of them supports the language or the text has no words; `und` if it cannot be determined
 */
export function unreadLanguage(
  text: string,
  language: string | null,
  readable: readonly string[],
): string | null {
  if (language !== null) return readable.includes(language) ? null : language;
  const { words, hasHidden } = wordsForLanguage(text.slice(0, MAX_CHARS));
  return words.length > 0 || hasHidden ? 'und' : null;
}
