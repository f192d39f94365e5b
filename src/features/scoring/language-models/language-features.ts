/*
 * The features of a text for the model of a language other than English: words, pairs of words, and runs of two to
 * five letters within words. Nothing in them depends on the language.
 */

/** Buckets of words, and as many of letters. Fewer than for English, because there is less to learn from. */
export const LANGUAGE_BUCKETS = 1 << 17;
const MIN_RUN_CHARS = 2;
const MAX_RUN_CHARS = 5;
/** Further text is not read, in UTF-16 units: it would change little, and a hostile text must not take long. */
const MAX_CHARS = 5_000;
const MAX_WORDS = 800;
const MAX_WORD_CHARS = 30;
// Destructured because Jest runs specs in vm contexts, where every access to a global is slow.
const { imul } = Math;

const ADDRESS = /https?:\/\/\S+|www\.\S+|\S{1,64}@\S+|(?<!\S)@\S+/giu;
const CAMEL = /(\p{Ll})(\p{Lu})/gu;
const RETWEET = /^\s*RT\b\s*:?/u;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*|\p{Extended_Pictographic}|[!?]+/gu;
const STRETCHED = /(.)\1{2,}/gu;
const SAME_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/[øœ]/g, 'o'],
  [/æ/g, 'a'],
  [/ł/g, 'l'],
  [/ı/g, 'i'],
  // Arabic: the tatweel only stretches a word, and the last two letters are often typed for one another.
  [/\u0640/g, ''],
  [/\u0649/g, '\u064a'],
  [/\u0629/g, '\u0647'],
];

/** A folded word and its position. */
export interface FoldedWord {
  readonly text: string;
  /** UTF-16 offsets into the text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

const fold = (word: string): string => {
  let folded = word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  for (const [letters, plain] of SAME_LETTERS) folded = folded.replace(letters, plain);
  return folded.replace(STRETCHED, '$1$1').slice(0, MAX_WORD_CHARS);
};

const blank = (found: string): string => ' '.repeat(found.length);

/** The words of a text without addresses, names of accounts and accents. */
export function foldedWords(text: string): FoldedWord[] {
  const plain = text.slice(0, MAX_CHARS).replace(ADDRESS, blank).replace(RETWEET, blank);
  const words: FoldedWord[] = [];
  for (const { 0: token, index } of plain.matchAll(TOKEN)) {
    const isTag = index > 0 && plain[index - 1] === '#';
    for (const part of isTag ? partsOfTag(token) : [token]) {
      const folded = fold(part);
      if (folded !== '') words.push({ text: folded, start: index, end: index + token.length });
      if (words.length >= MAX_WORDS) return words;
    }
  }
  return words;
}
const partsOfTag = (tag: string): string[] => tag.replace(CAMEL, '$1 $2').split(' ');

const mix = (hash: number): number => {
  let mixed = imul(hash ^ (hash >>> 16), 0x7feb352d);
  mixed = imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % LANGUAGE_BUCKETS;
};
const hashOf = (word: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash | 0;
};

/** The features of one text. `wordOwners[i]` is the index of the word that `wordBuckets[i]` belongs to. */
export interface LanguageFeatures {
  readonly words: readonly FoldedWord[];
  /** Buckets below `LANGUAGE_BUCKETS`: words and pairs, each once. */
  readonly wordBuckets: readonly number[];
  readonly wordOwners: readonly number[];
  /** Buckets below `LANGUAGE_BUCKETS`: runs of letters, of each word once. */
  readonly letterBuckets: readonly number[];
  readonly letterOwners: readonly number[];
}

export function languageFeatures(text: string): LanguageFeatures {
  const words = foldedWords(text);
  const wordBuckets: number[] = [];
  const wordOwners: number[] = [];
  const letterBuckets: number[] = [];
  const letterOwners: number[] = [];
  const seen = new Set<number>();
  const seenWords = new Set<string>();
  const add = (bucket: number, owner: number): void => {
    if (seen.has(bucket)) return;
    seen.add(bucket);
    wordBuckets.push(bucket);
    wordOwners.push(owner);
  };
  let previousHash = 1;
  for (const [index, { text: word }] of words.entries()) {
    const hash = hashOf(word);
    add(mix(hash), index);
    add(mix((imul(previousHash, 0x9e3779b1) + hash) | 0), index);
    previousHash = hash;
    if (seenWords.has(word)) continue;
    seenWords.add(word);
    const letters = ` ${word} `;
    for (let from = 0; from < letters.length - 1; from++) {
      let run = letters.charCodeAt(from);
      const end = Math.min(letters.length, from + MAX_RUN_CHARS);
      for (let at = from + 1; at < end; at++) {
        run = (imul(run, 0x01000193) + letters.charCodeAt(at) + 0x3f) | 0;
        if (at - from + 1 < MIN_RUN_CHARS) continue;
        letterBuckets.push(mix(run));
        letterOwners.push(index);
      }
    }
  }
  return { words, wordBuckets, wordOwners, letterBuckets, letterOwners };
}
