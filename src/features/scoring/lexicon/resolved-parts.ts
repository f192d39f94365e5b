import { readText } from './reading.js';
import { resolveWords, type Word } from './resolve.js';

// Disguises repeat within a comment and between comments, so the latest ones are cached. Longer stretches are not
// cached, because engines represent them as a view that keeps the whole comment in memory.
const MAX_CACHED_PARTS = 4096;
const MAX_CACHED_CHARS = 12;
const cache = new Map<string, readonly Word[]>();

/** Resolves the words of a stretch of text the slow way; offsets are relative to the stretch. */
export function resolvedOf(part: string): readonly Word[] {
  const cached = cache.get(part);
  if (cached) return cached;
  const words = resolveWords(readText(part));
  if (part.length <= MAX_CACHED_CHARS) {
    if (cache.size >= MAX_CACHED_PARTS) cache.clear();
    cache.set(part, words);
  }
  return words;
}
