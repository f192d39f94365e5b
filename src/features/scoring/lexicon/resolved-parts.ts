import { readText } from './reading.js';
import { resolveWords, type Word } from './resolve.js';

// Disguises repeat within a comment and between comments, so the latest ones are cached. Longer stretches are not
// cached, because engines represent them as a view that keeps the whole comment in memory.
const KEPT_MOST = 4096;
const LONGEST_KEPT = 12;
const kept = new Map<string, readonly Word[]>();

/** Resolves the words of a stretch of text the slow way; offsets are relative to the stretch. */
export function resolvedOf(part: string): readonly Word[] {
  const known = kept.get(part);
  if (known) return known;
  const words = resolveWords(readText(part));
  if (part.length <= LONGEST_KEPT) {
    if (kept.size >= KEPT_MOST) kept.clear();
    kept.set(part, words);
  }
  return words;
}
