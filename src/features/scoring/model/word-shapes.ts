import { BIT } from './classes.js';
import { SEPARATOR, kindOf } from './characters.js';
import type { FoldedText } from './folded-text.js';
import { isStopWord } from './stop-words.js';
import { classesOf, FACTOR, hashWord, isOrdinary, EXAMINE_REASON, examineReasonsOf } from './word-table.js';

/* Checks the shape of the letters between two offsets of a folded text before they are read as a word. */

// Classes of which one half of two joined words must have one.
const SEVERE_BITS =
  BIT.group | BIT.slur | BIT.insult | BIT.swearing | BIT.hate | BIT.kill | BIT.death | BIT.dehumanising;
const LONGEST_JOINED = 24;
const SHORTEST_PART = 3;
const [LETTER_I, LETTER_U] = [105, 117];

/** f.u.c.k, ni-gger: whether separators split a word, with single letters among the parts. */
export function hasSeparatedLetters({ codes }: FoldedText, from: number, to: number): boolean {
  let joined = 0;
  let run = 0;
  let single = 0;
  for (let at = from; at <= to; at++) {
    if (at < to && kindOf(codes[at]) !== SEPARATOR) {
      joined = (Math.imul(joined, FACTOR) + codes[at]) | 0;
      run++;
      continue;
    }
    if (run === 1) single++;
    run = 0;
  }
  return (
    single >= 2 || (to - from <= LONGEST_JOINED && (examineReasonsOf(joined) & EXAMINE_REASON.severe) !== 0)
  );
}

/**
 * "allmuslims": finds where a word splits into two listed ones, one of them severe.
 *
 * @param hash of the whole; the hash of its second part follows from those of the first and the whole
 * @returns the offset of the second word; usually 0 for none
 */
export function cutBetween(text: FoldedText, from: number, to: number, hash: number): number {
  const { codes } = text;
  let leftHash = 0;
  for (let cut = from + 1; cut <= to - SHORTEST_PART; cut++) {
    leftHash = (Math.imul(leftHash, FACTOR) + codes[cut - 1]) | 0;
    if (cut - from < SHORTEST_PART) continue;
    const left = classesOf(leftHash);
    if (left === 0) continue;
    let shifted = leftHash;
    for (let at = cut; at < to; at++) shifted = Math.imul(shifted, FACTOR);
    const right = classesOf((hash - shifted) | 0);
    if (right !== 0 && ((left | right) & SEVERE_BITS) !== 0 && !isOrdinary(text.slice(from, to))) return cut;
  }
  return 0;
}

// Shorter words cannot be three words in one; words above the maximum length are not examined.
const SHORTEST_PHRASE = 9;
const LONGEST_PHRASE = 40;
const LONGEST_PART = 16;
// Caches words in which nothing was found, because most words recur.
const WHOLE_WORDS = new Int32Array(1 << 12);

// Other words that hateful phrases contain, besides very common words and those with a class.
const LINKS = new Set(
  'rid shut away back world place country nothing never always absolutely really totally little big old young time need wish keep take look end stop start lock put own better worse worst lots place earth face care work job home house stand bear man men person'
    .split(' ')
    .map(hashWord),
);
const isPart = (hash: number, length: number): boolean =>
  length === 1
    ? hash === LETTER_I || hash === LETTER_U
    : classesOf(hash) !== 0 || isStopWord(hash) || LINKS.has(hash);
/** Three letters are little evidence unless they name a group. */
const isEvidence = (bits: number, length: number): boolean =>
  bits !== 0 && (length >= 4 || (length === 3 && (bits & BIT.group) !== 0));

/**
 * "killallgays", "ihatewomen": finds listed words written as one, if two of them have a class and one of those is
 * severe.
 *
 * @param hash of the whole
 * @returns the offsets between the words; usually empty
 */
export function cutsWithin(text: FoldedText, from: number, to: number, hash: number): readonly number[] {
  const length = to - from;
  const slot = (hash ^ (hash >>> 16)) & (WHOLE_WORDS.length - 1);
  if (length < SHORTEST_PHRASE || length > LONGEST_PHRASE || WHOLE_WORDS[slot] === hash) return [];
  const { codes } = text;
  // Per offset, the smallest number of words up to there and the start of the last of them.
  const fewestWords = new Uint8Array(length + 1).fill(255);
  const wordStarts = new Uint8Array(length + 1);
  fewestWords[0] = 0;
  for (let begin = 0; begin < length; begin++) {
    if (fewestWords[begin] === 255) continue;
    let part = 0;
    for (let end = begin + 1; end <= length && end - begin <= LONGEST_PART; end++) {
      part = (Math.imul(part, FACTOR) + codes[from + end - 1]) | 0;
      if (fewestWords[begin] + 1 >= fewestWords[end] || !isPart(part, end - begin)) continue;
      fewestWords[end] = fewestWords[begin] + 1;
      wordStarts[end] = begin;
    }
  }
  const cuts: number[] = [];
  let listed = 0;
  let all = 0;
  for (let end = length; fewestWords[length] !== 255 && end > 0; end = wordStarts[end]) {
    let part = 0;
    for (let at = wordStarts[end]; at < end; at++) part = (Math.imul(part, FACTOR) + codes[from + at]) | 0;
    const bits = classesOf(part);
    if (isEvidence(bits, end - wordStarts[end])) {
      listed++;
      all |= bits;
    }
    if (wordStarts[end] > 0) cuts.unshift(from + wordStarts[end]);
  }
  if (listed >= 2 && (all & SEVERE_BITS) !== 0 && !isOrdinary(text.slice(from, to))) return cuts;
  WHOLE_WORDS[slot] = hash;
  return [];
}

/** Whether a spelling equals a word except for `l` in place of some `i`. */
export function isLikeUpright(spelling: string, word: string): boolean {
  if (spelling.length !== word.length || isOrdinary(spelling)) return false;
  for (let at = 0; at < word.length; at++)
    if (spelling[at] !== word[at] && (word[at] !== 'i' || spelling[at] !== 'l')) return false;
  return true;
}

/**
 * Shortens runs of three or more of the same letter: to two within a word where English doubles it, otherwise to one.
 */
export function unstretch(word: string): string {
  return word.replace(/(.)\1{2,}/gu, (run: string, letter: string, at: number) =>
    (letter === 'o' || letter === 'e') && at > 0 && at + run.length < word.length ? letter + letter : letter,
  );
}
