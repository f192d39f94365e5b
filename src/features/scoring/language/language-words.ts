import { unleet, unmix } from '../lexicon/fold.js';
import { vocabulary } from './vocabulary.js';

/** A word of a text, prepared for language detection. */
export interface LanguageWord {
  /** Lower case, contractions split: `don't` is `do` and `n't`. */
  readonly text: string;
  /** Capitalized inside a sentence: probably a name. */
  readonly isName: boolean;
  /** The capitalised first word of a sentence, which may or may not be a name. */
  readonly isOpening: boolean;
  /** Capitals only, at most five: probably an acronym. */
  readonly isAcronym: boolean;
  /** Index of its sentence and of its clause. */
  readonly sentence: number;
  readonly clause: number;
  /** Enclosed in quotation marks that are not far apart. */
  readonly isQuoted: boolean;
}

export interface LanguageWords {
  readonly words: readonly LanguageWord[];
  /** Whether the text contains letters that could not be read as words: `k*t`. */
  readonly hasHidden: boolean;
}

const LINK_TARGET = /\]\([^\s)]*\)/g;
const ADDRESS =
  /https?:\/\/\S+|www\.\S+|\S{1,64}@[\w-]+\.\S+|(?<!\S)@\S+|(?<!\S)\/?[ru]\/\S+|(?<![\p{L}\p{M}\p{N}.])[\w-]+(?:\.[\w-]+)*\.(?:(?:com?|org|net|gov|gob|gouv|ac|edu)\.[a-z]{2}|com|org|net|info|gov|edu|uk|eu|de|fr|io)(?![\p{L}\p{M}\p{N}])(?:\/[^\s)\]]*)?/giu;
const HASHTAG = /#([\p{L}\p{N}_]+)/gu;
const CAMEL = /(\p{Ll})(\p{Lu})/gu;
/** Words written together, at least three letters each: "EasyJet", but not "McGregor". */
const JOINED = /^\p{L}\p{Ll}{2,}(?:\p{Lu}\p{Ll}{2,})+$/u;
const INNER_CAPITAL = /\p{Ll}\p{Lu}/u;
const EMOTICON = /(?<!\S)(?:[:;=xX8][-'^]?[dpPDoOcCxXsS3]|[xX][dDpP]+)(?!\S)/g;
/** Letters written one by one: "k u t", "k.u.t". */
const SPELLED_OUT_WORD = /(?<![\p{L}\p{M}])\p{L}(?:[ ._*-]{1,2}\p{L}){2,}(?![\p{L}\p{M}'])/gu;
/** A cheaper test for the start of `SPELLED_OUT_WORD`. */
const MAYBE_SPELLED_OUT = /(?:^|[^\p{L}\p{M}])\p{L}[ ._*-]{1,2}\p{L}[ ._*-]/u;
const IS_ASCII = /^[\0-_a-\x7f]*$/;
// Starts with a letter: a variation selector after an emoji is a mark, not a word.
const CHUNK = /\p{L}(?:[\p{L}\p{M}\p{N}'*$@!|]*[\p{L}\p{M}])?/gu;
const CAPITAL = /^\p{Lu}/u;
const ACRONYM = /^\p{Lu}{2,5}s?$/u;
export const QUOTATION = /["“„«][^"”“»\n]{1,80}["”“»]/g;
const SENTENCE_BREAK = /[.!?…]\s|\n/;
const CLAUSE_BREAK = /[,;:–—]\s/;
/** In a text in capitals, one or two short words are acronyms; more of them are a sentence. */
const LOUD_ACRONYMS = 2;
const SENTENCE_END = /[.!?…:"“\n]\s*$/u;
const CONTRACTION = /^(.+?)(n't|'(?:s|t|re|ve|ll|d|m))$/;
const ASCII_WORD = /^[A-Za-z']+$/;
const PLAIN = /^[\p{L}\p{M}']+$/u;
const LATIN = /\p{Script=Latin}/u;
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{M}']/u;
const FULL_FORM: Readonly<Record<string, string>> = { ca: 'can', wo: 'will', sha: 'shall' };
/** Endings that are separate words in the English list; `'s` and `'d` are no evidence. */
const ENDINGS: ReadonlySet<string> = new Set(["n't", "'re", "'ve", "'ll", "'m"]);
/** Longer ones are not words. */
const MAX_WORD_CHARS = 40;
/** Single letters that are not a word in any of the languages that are detected by words. */
const NON_WORD_LETTER = /[b-hj-tv-z]/;

/** Splits a text into words, without addresses, mentions, numbers, emoji and single letters. */
export function wordsForLanguage(text: string): LanguageWords {
  const plain = withoutAddresses(IS_ASCII.test(text) ? text : text.normalize('NFKC').replace(/[’ʼ`´]/g, "'"));
  const isLoud = plain === plain.toUpperCase();
  const words: LanguageWord[] = [];
  let hasHidden = false;
  let isFirst = true;
  let [sentence, clause, end] = [0, 0, 0];
  const quotations = [...plain.matchAll(QUOTATION)];
  const chunks = [...plain.matchAll(CHUNK)];
  for (const { 0: chunk, index } of chunks) {
    if (index - end > 1) {
      const gap = plain.slice(end, index);
      const isNewSentence = SENTENCE_BREAK.test(gap);
      if (isNewSentence) sentence++;
      if (isNewSentence || CLAUSE_BREAK.test(gap)) clause++;
    }
    end = index + chunk.length;
    const isQuoted = quotations.some(
      ({ 0: quoted, index: from }) => from < index && end < from + quoted.length,
    );
    const read = readable(chunk);
    if (read === null) {
      hasHidden = true;
      continue;
    }
    const lowerCase = read.toLowerCase();
    const hasCapitals = lowerCase !== read;
    const isCapital = hasCapitals && !isLoud && CAPITAL.test(chunk);
    const isMidText = isCapital && !isFirst && !SENTENCE_END.test(plain.slice(Math.max(0, index - 3), index));
    const isJoined = hasCapitals && JOINED.test(read) && !vocabulary().has(lowerCase);
    const isName = isMidText || (hasCapitals && !isJoined && INNER_CAPITAL.test(read));
    const isOpening = isCapital && !isMidText;
    isFirst = false;
    const isAcronym =
      hasCapitals && (isCapital || (isLoud && chunks.length <= LOUD_ACRONYMS)) && ACRONYM.test(chunk);
    const joined = isJoined ? read.replace(CAMEL, '$1 $2').toLowerCase().split(' ') : [lowerCase];
    for (const part of joined.flatMap(partsOf)) {
      if (part.length > MAX_WORD_CHARS || (part.length === 1 && NON_WORD_LETTER.test(part))) continue;
      words.push({ text: part, isName, isOpening, isAcronym, sentence, clause, isQuoted });
    }
  }
  return { words, hasHidden };
}

/** Removes what cannot be words. Each step is skipped if its characters do not occur in the text. */
function withoutAddresses(text: string): string {
  let plain = text;
  if (/[.@/]/.test(plain)) plain = plain.replace(LINK_TARGET, '] ').replace(ADDRESS, ' ');
  if (plain.includes('#'))
    plain = plain.replace(
      HASHTAG,
      (_, tag: string) => ` ${tag.replaceAll('_', ' ').replace(CAMEL, '$1 $2')} `,
    );
  if (/[:;=8]|[xX][dDpP]/.test(plain)) plain = plain.replace(EMOTICON, ' ');
  if (MAYBE_SPELLED_OUT.test(plain))
    plain = plain.replace(SPELLED_OUT_WORD, (letters) => letters.replace(/[^\p{L}]/gu, ''));
  return plain;
}

/** A chunk as letters only; null if some are masked. */
function readable(chunk: string): string | null {
  if (ASCII_WORD.test(chunk)) return chunk;
  if (PLAIN.test(chunk)) {
    // If a word mixes Latin letters with others, the others disguise it.
    return LATIN.test(chunk) && OTHER_SCRIPT.test(chunk) ? unmix(chunk) : chunk;
  }
  if (chunk.includes('*')) return null;
  return unleet(chunk.toLowerCase())[0]?.replace(/[^\p{L}\p{M}']/gu, '') ?? '';
}

function partsOf(word: string): string[] {
  if (!word.includes("'")) return word === '' ? [] : [word];
  const parts = CONTRACTION.exec(word);
  // "bell'articolo": words that other languages write together are looked up one by one.
  if (!parts) return vocabulary().has(word) ? [word] : word.split("'").filter((part) => part.length > 1);
  const [, stem, ending] = parts;
  return [
    FULL_FORM[stem] && ending === "n't" ? FULL_FORM[stem] : stem,
    ...(ENDINGS.has(ending) ? [ending] : []),
  ];
}
