import { BIT } from './classes.js';
import { JOINT, kindOf } from './characters.js';
import type { FoldedText } from './folded-text.js';
import { classesOf, FACTOR, isOrdinary, ODD, oddnessOf } from './word-table.js';

/* What the letters between two offsets of a folded text look like, before they are taken for a word. */

// What one half of two words put together must be.
const GRAVE =
  BIT.group | BIT.slur | BIT.insult | BIT.swearing | BIT.hate | BIT.kill | BIT.death | BIT.dehumanising;
const LONGEST_JOINED = 24;
const SHORTEST_PART = 3;

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

/** Three times the same letter and more: twice within a word where English doubles it, else once. */
export function unstretch(word: string): string {
  return word.replace(/(.)\1{2,}/gu, (run: string, letter: string, at: number) =>
    (letter === 'o' || letter === 'e') && at > 0 && at + run.length < word.length ? letter + letter : letter,
  );
}
