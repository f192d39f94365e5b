import { NO_SCORE, toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Fewer words are a heading or an acronym.
const MIN_WORDS = 4;
const MIN_LETTERS = 20;
/** Up to this share, capitals are names, acronyms and a word or two for emphasis. */
const ORDINARY_SHARE = 0.3;
const ALL_CAPITALS_SCORE = 0.9;
/** From this many exclamation marks in a row on, it is shouting. */
const REPEATED_MARKS = /!{3,}|(?:[!?]){5,}/;
const REPEATED_MARKS_SCORE = 0.1;

// Single letters in a row are a word too, "S T O P"; a long one counts as several.
const WORDS = /(?<![\p{L}\p{M}])\p{L}(?:[ .*_-]\p{L}){2,}(?![\p{L}\p{M}'’])|\p{L}[\p{L}\p{M}'’]*/gu;
const LETTERS_PER_WORD = 5;

const hasCase = (word: string): boolean => word.toLowerCase() !== word.toUpperCase();
const isSpelled = (written: string): boolean => /^\p{L}[ .*_-]/u.test(written);
/** Mathematical and full-width letters count as capitals like others: "𝐒𝐓𝐎𝐏". */
const plain = (written: string): string =>
  (/^[\p{L}\p{M}]+$/u.test(written) ? written : written.replace(/[^\p{L}\p{M}]/gu, '')).normalize('NFKC');

/** Scores the share of a text in capitals; scripts without capitals score 0. Spans are the words in capitals. */
export function shouting({ body }: PhaseInput): ScoreMap {
  const withoutLinks = body.replace(/https?:\/\/\S+|@\w+|#\w+/giu, (address) => ' '.repeat(address.length));
  let letters = 0;
  let shoutedLetters = 0;
  let words = 0;
  const spans: Span[] = [];
  for (const match of withoutLinks.matchAll(WORDS)) {
    const [written] = match;
    const word = plain(written);
    if (word.length < 2 || !hasCase(word)) continue;
    words += isSpelled(written) ? Math.ceil(word.length / LETTERS_PER_WORD) : 1;
    letters += word.length;
    if (word !== word.toUpperCase()) continue;
    shoutedLetters += word.length;
    spans.push([match.index, match.index + written.length]);
  }
  if (words < MIN_WORDS || letters < MIN_LETTERS) return { shouting: NO_SCORE };
  const share = (shoutedLetters / letters - ORDINARY_SHARE) / (1 - ORDINARY_SHARE);
  if (share <= 0) return { shouting: NO_SCORE };
  const value = share * ALL_CAPITALS_SCORE + (REPEATED_MARKS.test(body) ? REPEATED_MARKS_SCORE : 0);
  return { shouting: { value: toValue(value), spans: uniteSpans(spans) } };
}
