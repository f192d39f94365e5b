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

// Letters one by one are a word as well, "S T O P", and one of so many letters counts for one more.
const WORDS = /(?<![\p{L}\p{M}])\p{L}(?:[ .*_-]\p{L}){2,}(?![\p{L}\p{M}'’])|\p{L}[\p{L}\p{M}'’]*/gu;
const LETTERS_OF_A_WORD = 5;

const hasCase = (word: string): boolean => word.toLowerCase() !== word.toUpperCase();
const isSpelled = (written: string): boolean => /^\p{L}[ .*_-]/u.test(written);
/** Letters of mathematics and in full width are capitals as others: "𝐒𝐓𝐎𝐏". */
const plain = (written: string): string =>
  (/^[\p{L}\p{M}]+$/u.test(written) ? written : written.replace(/[^\p{L}\p{M}]/gu, '')).normalize('NFKC');

/** How much of a text is in capitals; scripts without capitals never shout. Spans are the words that do. */
export function shouting({ body }: PhaseInput): ScoreMap {
  const bare = body.replace(/https?:\/\/\S+|@\w+|#\w+/giu, (address) => ' '.repeat(address.length));
  let letters = 0;
  let loud = 0;
  let words = 0;
  const spans: Span[] = [];
  for (const match of bare.matchAll(WORDS)) {
    const [written] = match;
    const word = plain(written);
    if (word.length < 2 || !hasCase(word)) continue;
    words += isSpelled(written) ? Math.ceil(word.length / LETTERS_OF_A_WORD) : 1;
    letters += word.length;
    if (word !== word.toUpperCase()) continue;
    loud += word.length;
    spans.push([match.index, match.index + written.length]);
  }
  if (words < MIN_WORDS || letters < MIN_LETTERS) return { shouting: NO_SCORE };
  const share = (loud / letters - ORDINARY_SHARE) / (1 - ORDINARY_SHARE);
  if (share <= 0) return { shouting: NO_SCORE };
  const value = share * ALL + (MARKS.test(body) ? MARKED : 0);
  return { shouting: { value: toValue(value), spans: uniteSpans(spans) } };
}
