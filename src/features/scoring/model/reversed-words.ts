import { BIT } from './classes.js';
import { isStopWord } from './stop-words.js';
import { FLAG, type Tokens } from './tokens.js';
import { classesOf, FACTOR, hashWord, isOrdinary, EXAMINE_REASON, examineReasonsOf } from './word-table.js';

/*
 * "toidi, read it backwards": if a text contains such a hint, a word that is a severe word backwards counts as that
 * word. Without the hint nothing is reversed, because too many words are another word backwards.
 */
const HINTS = new Set(
  ['backwards', 'backward', 'reverse', 'reversed', 'mirror', 'mirrored', 'sdrawkcab'].map(hashWord),
);
const MIN_REVERSED_CHARS = 4;
// Ordinary words that are a severe word backwards.
const ORDINARY_REVERSALS = new Set(['gals', 'amor'].map(hashWord));
const BACKWARDS = 1;

/** Whether a text hints that part of it is to be read backwards. */
export function hintsAtReversedWords({ count, hash }: Tokens): boolean {
  for (let token = 0; token < count; token++) if (HINTS.has(hash[token])) return true;
  return false;
}

/**
 * Finds the words of a text that are written backwards: each severe one, and the words in the same row that are words
 * only when reversed.
 *
 * @returns an array with one entry per token, 1 for such a token; null if there is none
 */
export function findReversedWords(tokens: Tokens): Uint8Array | null {
  const { count, hash, classes, flags } = tokens;
  const isReversed = new Uint8Array(count);
  let found = false;
  const isUnknown = (token: number): boolean =>
    classes[token] === 0 && (flags[token] & FLAG.mark) === 0 && !isStopWord(hash[token]);
  for (let token = 0; token < count; token++) {
    if (!isUnknown(token) || tokens.last[token] - tokens.first[token] < MIN_REVERSED_CHARS) continue;
    const reversedHash = hashReversed(tokens, token);
    if (
      (examineReasonsOf(reversedHash) & EXAMINE_REASON.severe) === 0 &&
      (classesOf(reversedHash) & BIT.group) === 0
    )
      continue;
    if (ORDINARY_REVERSALS.has(hash[token]) || isOrdinary(tokens.textOf(token))) continue;
    isReversed[token] = BACKWARDS;
    found = true;
  }
  if (!found) return null;
  const extend = (from: number, step: number): void => {
    for (let at = from + step; at >= 0 && at < count && isReversed[at] === 0 && isUnknown(at); at += step) {
      const reversedHash = hashReversed(tokens, at);
      if (!isStopWord(reversedHash) && classesOf(reversedHash) === 0) return;
      isReversed[at] = BACKWARDS;
    }
  };
  for (let token = 0; token < count; token++) {
    if (isReversed[token] === 0) continue;
    extend(token, -1);
    extend(token, 1);
  }
  return isReversed;
}

function hashReversed({ chars, first, last }: Tokens, token: number): number {
  let hash = 0;
  for (let at = last[token] - 1; at >= first[token]; at--) hash = (Math.imul(hash, FACTOR) + chars[at]) | 0;
  return hash;
}
