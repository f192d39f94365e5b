import { readText } from './reading.js';
import { resolveWords, type Word } from './resolve.js';

// Disguises repeat themselves, within a comment and between comments: the last ones are kept, fewer than a process
// would notice. Longer stretches are not; of those, engines keep a view that holds the whole comment in memory.
const KEPT_MOST = 4096;
const LONGEST_KEPT = 12;
const kept = new Map<string, readonly Word[]>();

/** The words of a stretch of text, read the slow way; offsets are into the stretch. */
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
