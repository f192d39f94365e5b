import { BIT } from './classes.js';
import { isStopWord } from './stop-words.js';
import { FLAG, type Tokens } from './tokens.js';
import { classesOf, FACTOR, hashWord, isOrdinary, ODD, oddnessOf } from './word-table.js';

/*
 * "toidi, read it backwards": where a text says so, a word that is a grave one from its end is that word. Without the
 * hint nothing is turned around: too many words are another one backwards.
 */
const HINTS = new Set(
  ['backwards', 'backward', 'reverse', 'reversed', 'mirror', 'mirrored', 'sdrawkcab'].map(hashWord),
);
const SHORTEST = 4;
// Words of their own that are a grave one from their end.
const OF_THEIR_OWN = new Set(['gals', 'amor'].map(hashWord));
const BACKWARDS = 1;

/** Whether a text hints that something in it is to be read from its end. */
export function hintsAtReversedWords({ count, hash }: Tokens): boolean {
  for (let token = 0; token < count; token++) if (HINTS.has(hash[token])) return true;
  return false;
}

/**
 * Which of a text's words are meant from their end: each that is grave so, and what stands with it in the same row and
 * is a word at all only so.
 *
 * @returns one for each such token, in an array as long as there are tokens; null where there is none
 */
export function findReversedWords(tokens: Tokens): Uint8Array | null {
  const { count, hash, classes, flags } = tokens;
  const turned = new Uint8Array(count);
  let found = false;
  const isUnknown = (token: number): boolean =>
    classes[token] === 0 && (flags[token] & FLAG.mark) === 0 && !isStopWord(hash[token]);
  for (let token = 0; token < count; token++) {
    if (!isUnknown(token) || tokens.last[token] - tokens.first[token] < SHORTEST) continue;
    const meant = hashReversed(tokens, token);
    if ((oddnessOf(meant) & ODD.grave) === 0 && (classesOf(meant) & BIT.group) === 0) continue;
    if (OF_THEIR_OWN.has(hash[token]) || isOrdinary(tokens.textOf(token))) continue;
    turned[token] = BACKWARDS;
    found = true;
  }
  if (!found) return null;
  const spread = (from: number, step: number): void => {
    for (let at = from + step; at >= 0 && at < count && turned[at] === 0 && isUnknown(at); at += step) {
      const meant = hashReversed(tokens, at);
      if (!isStopWord(meant) && classesOf(meant) === 0) return;
      turned[at] = BACKWARDS;
    }
  };
  for (let token = 0; token < count; token++) {
    if (turned[token] === 0) continue;
    spread(token, -1);
    spread(token, 1);
  }
  return turned;
}

function hashReversed({ chars, first, last }: Tokens, token: number): number {
  let hash = 0;
  for (let at = last[token] - 1; at >= first[token]; at--) hash = (Math.imul(hash, FACTOR) + chars[at]) | 0;
  return hash;
}
