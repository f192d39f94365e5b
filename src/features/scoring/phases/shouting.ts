import { NO_SCORE, toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Fewer words than this are a heading or an acronym.
const MIN_WORDS = 4;
const MIN_LETTERS = 20;
/** Up to here capitals are names, acronyms and a word or two for emphasis. */
const ORDINARY_SHARE = 0.3;
const ALL = 0.9;
/** From so many exclamation marks in a row on, somebody is shouting already. */
const MARKS = /!{3,}|(?:[!?]){5,}/;
const MARKED = 0.1;

const hasCase = (word: string): boolean => word.toLowerCase() !== word.toUpperCase();

/** How much of a text is in capitals; scripts without capitals never shout. Spans are the words that do. */
export function shouting({ body }: PhaseInput): ScoreMap {
  const bare = body.replace(/https?:\/\/\S+|@\w+|#\w+/giu, (address) => ' '.repeat(address.length));
  let letters = 0;
  let loud = 0;
  let words = 0;
  const spans: Span[] = [];
  for (const match of bare.matchAll(/\p{L}[\p{L}\p{M}'’]*/gu)) {
    const [word] = match;
    if (word.length < 2 || !hasCase(word)) continue;
    words++;
    letters += word.length;
    if (word !== word.toUpperCase()) continue;
    loud += word.length;
    spans.push([match.index, match.index + word.length]);
  }
  if (words < MIN_WORDS || letters < MIN_LETTERS) return { shouting: NO_SCORE };
  const share = (loud / letters - ORDINARY_SHARE) / (1 - ORDINARY_SHARE);
  if (share <= 0) return { shouting: NO_SCORE };
  const value = share * ALL + (MARKS.test(body) ? MARKED : 0);
  return { shouting: { value: toValue(value), spans: uniteSpans(spans) } };
}
