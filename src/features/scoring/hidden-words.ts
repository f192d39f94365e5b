import { LRUCache } from 'lru-cache';
import { readText } from './lexicon/reading.js';
import { resolveWords } from './lexicon/resolve.js';

/** UTF-16 offsets into a text, end exclusive, in order. */
export type HiddenWords = [start: number, end: number][];

// Lexicon levels from which a word is a slur or one of the worst swear words.
const SLUR = 0.7;
const WORST_SWEARING = 0.85;

// Pages of a list show the same texts repeatedly. Limited to about half a million characters.
const cache = new LRUCache<string, HiddenWords>({
  maxSize: 500_000,
  sizeCalculation: (_, text) => Math.max(1, text.length),
});

/**
 * Finds the words that people who read such texts all day may want hidden until they ask to see them. Looks at the
 * words alone, in any spelling and regardless of their meaning in context.
 *
 * @param text null if there is none
 */
export function hiddenWords(text: string | null): HiddenWords {
  if (text === null || text === '') return [];
  let found = cache.get(text);
  if (!found) {
    found = resolveWords(readText(text))
      .filter(
        ({ levels }) => (levels?.identityAttack ?? 0) >= SLUR || (levels?.profanity ?? 0) >= WORST_SWEARING,
      )
      .map(({ start, end }) => [start, end]);
    cache.set(text, found);
  }
  return found;
}
