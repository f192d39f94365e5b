import { LRUCache } from 'lru-cache';
import { readText } from './lexicon/reading.js';
import { resolveWords } from './lexicon/resolve.js';

/** Offsets of UTF-16 units into a text, the end exclusive, in order. */
export type HiddenWords = [start: number, end: number][];

// The lexicon's levels from which a word is a slur, or among the foulest.
const SLUR = 0.7;
const FOULEST = 0.85;

// A page of a list shows the same texts again and again; half a million letters at most.
const known = new LRUCache<string, HiddenWords>({
  maxSize: 500_000,
  sizeCalculation: (_, text) => Math.max(1, text.length),
});

/**
 * The words that whoever reads such texts all day may want hidden until they ask: by the words alone, however they are
 * spelled and whatever is meant by them.
 *
 * @param text null where there is none
 */
export function hiddenWords(text: string | null): HiddenWords {
  if (text === null || text === '') return [];
  let found = known.get(text);
  if (!found) {
    found = resolveWords(readText(text))
      .filter(({ levels }) => (levels?.identityAttack ?? 0) >= SLUR || (levels?.profanity ?? 0) >= FOULEST)
      .map(({ start, end }) => [start, end]);
    known.set(text, found);
  }
  return found;
}
