import type { Span } from '../scores.js';
import { readText, type Reading } from './reading.js';
import { resolveWords } from './resolve.js';

/*
 * A text in plain spelling, for the patterns of the phases: words in lower case with one space between them and
 * " ; " between clauses, so that patterns need not know about disguises, apostrophes and punctuation.
 */

export interface PlainText {
  readonly text: string;
  /** Raw offsets of the plain text's characters. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const CLAUSE_BREAK = /[.!?;:,\n…–—()]/;
/** Longer texts are read up to here. */
const MAX_CHARS = 6_000;

const cache = new WeakMap<Reading, PlainText>();

/** Contractions are written out ("you are" for "you're", "ur" only as "your") and misspellings corrected. */
export function plainTextOf(body: string, reading: Reading = readText(body.slice(0, MAX_CHARS))): PlainText {
  const cached = cache.get(reading);
  if (cached) return cached;
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const append = (piece: string, start: number, end: number): void => {
    for (let at = 0; at < piece.length; at++) {
      starts.push(start);
      ends.push(end);
    }
    text += piece;
  };
  let last = 0;
  let previous = -1;
  for (const word of resolveWords(reading)) {
    if (word.start >= MAX_CHARS) break;
    const isSplit = word.start === previous;
    const gap = isSplit ? '' : body.slice(last, word.start);
    if (text !== '') append(CLAUSE_BREAK.test(gap) ? ' ; ' : ' ', word.start, word.start);
    append(word.text, word.start, word.end);
    previous = word.start;
    last = word.end;
  }
  append(' ;', Math.min(last, body.length), Math.min(last, body.length));
  const plain = { text, starts, ends };
  cache.set(reading, plain);
  return plain;
}

export const spansOfPattern = (pattern: RegExp, { text, starts, ends }: PlainText): Span[] =>
  Array.from(text.matchAll(pattern), ({ 0: found, index }): Span => [
    starts[index],
    ends[index + found.length - 1],
  ]);

/** A pattern of alternatives that match whole words of a plain text. */
export const anyOf = (...sources: readonly string[]): RegExp =>
  new RegExp(`(?<![\\w'])(?:${sources.join('|')})(?![\\w'])`, 'g');
