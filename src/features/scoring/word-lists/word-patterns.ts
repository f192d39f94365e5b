import { appendTo, runsOf, shapeOf, squeeze } from '../lexicon/spellings.js';
import type { StepBudget } from './step-budget.js';

/*
 * Finds the patterns of a list that a word matches. A pattern is a folded word; `*` in it stands for any letters of a
 * word, or none. Patterns with stars are indexed by letters that any matching word has, and compared from left to
 * right without backtracking: each star takes as little as possible, which never misses a match.
 */

interface WildcardPattern {
  readonly id: number;
  /** The pattern split at its stars: `brex*` is `brex` and an empty part. */
  readonly parts: readonly string[];
  readonly minLength: number;
}

interface PlainPattern {
  readonly id: number;
  readonly word: string;
  readonly runs: readonly number[];
}

// Longer words are not compared with patterns that contain a star: nobody reads them as words.
const MAX_WORD = 60;
/** Length of the prefix by which patterns without stars are also indexed. */
export const PREFIX_CHARS = 4;
const NO_LENGTHS: readonly number[] = [];

export class WordPatterns {
  private readonly ids = new Map<string, number>();
  private readonly plain = new Map<string, number>();
  private readonly lengthsByPrefix = new Map<string, number[]>();
  private readonly bySqueezed = new Map<string, PlainPattern[]>();
  private readonly byShape = new Map<string, PlainPattern[]>();
  /** Patterns with stars by the letters before the first star, after the last, or else the longest part between. */
  private readonly byPrefix = new Table();
  private readonly bySuffix = new Table();
  private readonly byInfix = new Table();

  /** @returns the pattern's number; equal patterns have the same number */
  add(pattern: string): number {
    const existing = this.ids.get(pattern);
    if (existing !== undefined) return existing;
    const id = this.ids.size;
    this.ids.set(pattern, id);
    const parts = pattern.split(/\*+/);
    if (parts.length === 1) {
      const plain: PlainPattern = { id, word: pattern, runs: runsOf(pattern) };
      this.plain.set(pattern, id);
      if (pattern.length >= PREFIX_CHARS) this.addLength(pattern.slice(0, PREFIX_CHARS), pattern.length);
      appendTo(this.bySqueezed, squeeze(pattern), plain);
      appendTo(this.byShape, shapeOf(pattern), plain);
      return id;
    }
    const wildcard: WildcardPattern = {
      id,
      parts,
      minLength: parts.reduce((sum, part) => sum + part.length, 0),
    };
    const prefix = parts[0];
    const suffix = parts.at(-1)!;
    const longest = parts.reduce((a, b) => (b.length > a.length ? b : a));
    if (prefix.length >= suffix.length && prefix !== '') this.byPrefix.add(prefix, wildcard);
    else if (suffix !== '') this.bySuffix.add(suffix, wildcard);
    else this.byInfix.add(longest, wildcard);
    return id;
  }

  /** The number of the pattern without stars that equals this word. */
  exactly(word: string): number | undefined {
    return this.plain.get(word);
  }

  /** The lengths of the patterns without stars that start with these letters, longest first. */
  lengthsOf(prefix: string): readonly number[] {
    return this.lengthsByPrefix.get(prefix) ?? NO_LENGTHS;
  }

  private addLength(prefix: string, length: number): void {
    const lengths = this.lengthsByPrefix.get(prefix) ?? [];
    if (lengths.includes(length)) return;
    this.lengthsByPrefix.set(
      prefix,
      [...lengths, length].sort((a, b) => b - a),
    );
  }

  /**
   * Numbers of the patterns that a spelling matches, including with stretched (`idioooot`) or masked (`id?ot`)
   * letters.
   *
   * @param spelling folded; `?` stands for one masked letter
   */
  findMatches(spelling: string, budget: StepBudget): Set<number> {
    const found = new Set<number>();
    if (spelling.includes('?')) {
      this.unmask(spelling, found, budget);
      return found;
    }
    const exact = this.plain.get(spelling);
    if (exact === undefined) this.unstretch(spelling, found, budget);
    else found.add(exact);
    if (spelling.length > MAX_WORD) return found;
    for (const table of [this.byPrefix.startsOf(spelling), this.bySuffix.endsOf(spelling)]) {
      for (const wildcard of table) compare(wildcard, spelling, found, budget);
    }
    for (const wildcard of this.byInfix.partsOf(spelling, budget)) compare(wildcard, spelling, found, budget);
    return found;
  }

  private unstretch(spelling: string, found: Set<number>, budget: StepBudget): void {
    if (spelling.length < 4) return;
    const candidates = this.bySqueezed.get(squeeze(spelling));
    if (!candidates) return;
    const runs = runsOf(spelling);
    const longest = runs.reduce((most, run) => Math.max(most, run), 0);
    if (longest < 2) return;
    for (const { id, word, runs: patternRuns } of candidates) {
      budget.spend(runs.length);
      if (word.length < 4 && longest < 4) continue;
      if (patternRuns.every((run, i) => runs[i] === run || (runs[i] > run && runs[i] >= 3))) found.add(id);
    }
  }

  private unmask(spelling: string, found: Set<number>, budget: StepBudget): void {
    const masked = spelling.split('?').length - 1;
    // The first letter must be visible, and a second letter in words of five letters or more.
    if (spelling.startsWith('?') || masked > spelling.length - (spelling.length > 4 ? 2 : 1)) return;
    for (const { id, word } of this.byShape.get(shapeOf(spelling)) ?? []) {
      budget.spend(spelling.length);
      let at = 0;
      while (at < spelling.length && (spelling[at] === '?' || spelling[at] === word[at])) at++;
      if (at === spelling.length) found.add(id);
    }
  }
}

function compare(wildcard: WildcardPattern, word: string, found: Set<number>, budget: StepBudget): void {
  budget.spend(5);
  if (wildcard.minLength > word.length) return;
  budget.spend(word.length + 4 * wildcard.parts.length);
  if (fits(wildcard.parts, word)) found.add(wildcard.id);
}

/** Whether the parts follow each other in the word, the first at its start and the last at its end. */
function fits(parts: readonly string[], word: string): boolean {
  const first = parts[0];
  const last = parts.at(-1)!;
  if (!word.startsWith(first) || !word.endsWith(last) || word.length < first.length + last.length)
    return false;
  let at = first.length;
  for (let index = 1; index < parts.length - 1; index++) {
    const part = parts[index];
    const found = word.indexOf(part, at);
    if (found < 0 || found + part.length > word.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** Patterns indexed by a substring; looked up by each substring of a word that has an indexed length. */
class Table {
  private readonly patterns = new Map<string, WildcardPattern[]>();
  private readonly lengths = new Set<number>();

  add(letters: string, pattern: WildcardPattern): void {
    this.lengths.add(letters.length);
    appendTo(this.patterns, letters, pattern);
  }

  *startsOf(word: string): Generator<WildcardPattern> {
    for (const length of this.lengths)
      if (length <= word.length) yield* this.patterns.get(word.slice(0, length)) ?? [];
  }

  *endsOf(word: string): Generator<WildcardPattern> {
    for (const length of this.lengths)
      if (length <= word.length) yield* this.patterns.get(word.slice(-length)) ?? [];
  }

  *partsOf(word: string, budget: StepBudget): Generator<WildcardPattern> {
    for (const length of this.lengths) {
      const seen = new Set<string>();
      for (let at = 0; at + length <= word.length; at++) {
        budget.spend(length);
        const piece = word.slice(at, at + length);
        if (seen.has(piece)) continue;
        seen.add(piece);
        yield* this.patterns.get(piece) ?? [];
      }
    }
  }
}
