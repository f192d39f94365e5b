import { BIT } from './classes.js';
import { JOINT, kindOf } from './characters.js';
import type { FoldedText } from './folded-text.js';
import { isStopWord } from './stop-words.js';
import { classesOf, FACTOR, hashWord, isOrdinary, ODD, oddnessOf } from './word-table.js';

/* What the letters between two offsets of a folded text look like, before they are taken for a word. */

// What one half of two words put together must be.
const GRAVE =
  BIT.group | BIT.slur | BIT.insult | BIT.swearing | BIT.hate | BIT.kill | BIT.death | BIT.dehumanising;
const LONGEST_JOINED = 24;
const SHORTEST_PART = 3;
const [LETTER_I, LETTER_U] = [105, 117];

/** f.u.c.k, ni-gger: held apart by joints, or single letters among them. */
export function isHeldApart({ codes }: FoldedText, from: number, to: number): boolean {
  let joined = 0;
  let run = 0;
  let single = 0;
  for (let at = from; at <= to; at++) {
    if (at < to && kindOf(codes[at]) !== JOINT) {
      joined = (Math.imul(joined, FACTOR) + codes[at]) | 0;
      run++;
      continue;
    }
    if (run === 1) single++;
    run = 0;
  }
  return single >= 2 || (to - from <= LONGEST_JOINED && (oddnessOf(joined) & ODD.grave) !== 0);
}

/**
 * "allmuslims": where a word falls into two listed ones, one of them grave.
 *
 * @param hash of the whole; the hash of its second part follows from those of the first and the whole
 * @returns the offset between the two; 0 for most
 */
export function cutBetween(text: FoldedText, from: number, to: number, hash: number): number {
  const { codes } = text;
  let head = 0;
  for (let cut = from + 1; cut <= to - SHORTEST_PART; cut++) {
    head = (Math.imul(head, FACTOR) + codes[cut - 1]) | 0;
    if (cut - from < SHORTEST_PART) continue;
    const left = classesOf(head);
    if (left === 0) continue;
    let shifted = head;
    for (let at = cut; at < to; at++) shifted = Math.imul(shifted, FACTOR);
    const right = classesOf((hash - shifted) | 0);
    if (right !== 0 && ((left | right) & GRAVE) !== 0 && !isOrdinary(text.slice(from, to))) return cut;
  }
  return 0;
}

// Nothing shorter is three words in one; and nothing longer is looked at.
const SHORTEST_PHRASE = 9;
const LONGEST_PHRASE = 40;
const LONGEST_PART = 16;
// Most words are met again: those in which nothing was found.
const WHOLE_WORDS = new Int32Array(1 << 12);

// What else hateful phrases are made of, beside small words and those with a class.
const LINKS = new Set(
  'rid shut away back world place country nothing never always absolutely really totally little big old young time need wish keep take look end stop start lock put own better worse worst lots place earth face care work job home house stand bear man men person'
    .split(' ')
    .map(hashWord),
);
const isPart = (hash: number, length: number): boolean =>
  length === 1
    ? hash === LETTER_I || hash === LETTER_U
    : classesOf(hash) !== 0 || isStopWord(hash) || LINKS.has(hash);
/** Three letters tell little, unless they name a group. */
const tells = (bits: number, length: number): boolean =>
  bits !== 0 && (length >= 4 || (length === 3 && (bits & BIT.group) !== 0));

/**
 * "killallgays", "ihatewomen": where listed words stand in one, two of them with a class of their own and one of those
 * grave.
 *
 * @param hash of the whole
 * @returns the offsets between the words; empty for most
 */
export function cutsWithin(text: FoldedText, from: number, to: number, hash: number): readonly number[] {
  const length = to - from;
  const slot = (hash ^ (hash >>> 16)) & (WHOLE_WORDS.length - 1);
  if (length < SHORTEST_PHRASE || length > LONGEST_PHRASE || WHOLE_WORDS[slot] === hash) return [];
  const { codes } = text;
  // Per place the fewest words that lead there, and where the last of them begins.
  const fewest = new Uint8Array(length + 1).fill(255);
  const begins = new Uint8Array(length + 1);
  fewest[0] = 0;
  for (let begin = 0; begin < length; begin++) {
    if (fewest[begin] === 255) continue;
    let part = 0;
    for (let end = begin + 1; end <= length && end - begin <= LONGEST_PART; end++) {
      part = (Math.imul(part, FACTOR) + codes[from + end - 1]) | 0;
      if (fewest[begin] + 1 >= fewest[end] || !isPart(part, end - begin)) continue;
      fewest[end] = fewest[begin] + 1;
      begins[end] = begin;
    }
  }
  const cuts: number[] = [];
  let listed = 0;
  let all = 0;
  for (let end = length; fewest[length] !== 255 && end > 0; end = begins[end]) {
    let part = 0;
    for (let at = begins[end]; at < end; at++) part = (Math.imul(part, FACTOR) + codes[from + at]) | 0;
    const bits = classesOf(part);
    if (tells(bits, end - begins[end])) {
      listed++;
      all |= bits;
    }
    if (begins[end] > 0) cuts.unshift(from + begins[end]);
  }
  if (listed >= 2 && (all & GRAVE) !== 0 && !isOrdinary(text.slice(from, to))) return cuts;
  WHOLE_WORDS[slot] = hash;
  return [];
}

/** Whether a spelling is a word but for `l` in the place of some `i`. */
export function isLikeUpright(spelling: string, word: string): boolean {
  if (spelling.length !== word.length || isOrdinary(spelling)) return false;
  for (let at = 0; at < word.length; at++)
    if (spelling[at] !== word[at] && (word[at] !== 'i' || spelling[at] !== 'l')) return false;
  return true;
}

/** Three times the same letter and more: twice within a word where English doubles it, else once. */
export function unstretch(word: string): string {
  return word.replace(/(.)\1{2,}/gu, (run: string, letter: string, at: number) =>
    (letter === 'o' || letter === 'e') && at > 0 && at + run.length < word.length ? letter + letter : letter,
  );
}
