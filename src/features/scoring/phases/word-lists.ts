import { LRUCache } from 'lru-cache';
import { WordList } from '../word-lists/word-list.js';
import { NO_SCORE, uniteSpans, type Score, type ScoreMap, type Span } from '../scores.js';
import { readingOf, type PhaseInput } from './phase.js';

// Compiling five thousand words takes longer than finding them, and a process serves few sites.
const compiled = new LRUCache<string, WordList>({
  max: 200,
  maxSize: 20_000_000,
  sizeCalculation: (_, key) => key.length + 1,
});

/** Matches the site's own words: 1 if one occurs, 0 otherwise. */
export function wordLists(input: PhaseInput): ScoreMap {
  const { wordLists: lists } = input.settings;
  if (lists.banned.length + lists.suspect.length === 0)
    return { bannedWords: NO_SCORE, suspectWords: NO_SCORE };
  const reading = readingOf(input);
  return {
    bannedWords: scoreOf(listOf(lists.banned).find(input.body, reading)),
    suspectWords: scoreOf(listOf(lists.suspect).find(input.body, reading)),
  };
}

const scoreOf = (spans: readonly Span[]): Score =>
  spans.length === 0 ? NO_SCORE : { value: 1, spans: uniteSpans(spans) };

function listOf(words: readonly string[]): WordList {
  const key = words.join('\n');
  let list = compiled.get(key);
  if (!list) compiled.set(key, (list = new WordList(words)));
  return list;
}

/** Finds the words of a list in a text. Returns UTF-16 spans, empty if there are none. */
export function listedWords(words: readonly string[], text: string): Span[] {
  return words.length === 0 ? [] : listOf(words).find(text);
}
