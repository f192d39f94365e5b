import { Dictionary } from './dictionary.js';
import { fold } from './fold.js';
import { readText, type Reading } from './reading.js';
import type { Span } from '../scores.js';

/*
 * Words and phrases that editors typed, found in whatever spelling `readText` sees through. `*` stands for any
 * letters of a word, or none. No regular expression is made of what an editor types: a pattern is filed under
 * its longest letters, looked up in a table, and compared from left to right, which takes time in proportion to
 * the word and the pattern.
 */

interface Pattern {
  /** Of the folded word, cut at its stars: `brex*` is `brex` and an empty part. */
  readonly parts: readonly string[];
  /** The patterns of the words that must follow. */
  readonly rest: readonly Pattern[];
}

// Scripts without spaces between words: a word is found anywhere in a run of them.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const MAX_WORD = 60;

/** A site's list, compiled. */
export class WordList {
  private readonly exact = new Dictionary<Pattern[]>();
  private readonly exactWords = new Map<string, Pattern[]>();
  /** Patterns with stars by the letters before the first, after the last, or else the longest between. */
  private readonly byPrefix = new Table();
  private readonly bySuffix = new Table();
  private readonly byInfix = new Table();
  private readonly signs = new Map<string, string>();

  constructor(words: readonly string[]) {
    for (const word of new Set(words)) this.add(word);
  }

  private add(entry: string): void {
    const patterns = fold(entry)
      .split(/[\s\-–—_./,]+/)
      .map((word) => word.replace(/[^\p{L}\p{M}\p{N}*']/gu, ''))
      .filter((word) => word.replaceAll('*', '') !== '')
      .map((word): Pattern => ({ parts: (UNSPACED.test(word) ? `*${word}*` : word).split(/\*+/), rest: [] }));
    const [first, ...rest] = patterns;
    if (!first) {
      // Signs and emoji, which are no words: found as they are.
      const sign = entry.trim();
      if (sign.replaceAll('*', '') !== '') this.signs.set(sign, sign);
      return;
    }
    const pattern: Pattern = { parts: first.parts, rest };
    if (pattern.parts.length === 1) {
      const word = pattern.parts[0];
      const known = this.exactWords.get(word);
      if (known) known.push(pattern);
      else {
        this.exactWords.set(word, [pattern]);
        this.exact.add(word, this.exactWords.get(word)!);
      }
      return;
    }
    const prefix = pattern.parts[0];
    const suffix = pattern.parts.at(-1)!;
    const longest = pattern.parts.reduce((a, b) => (b.length > a.length ? b : a));
    if (prefix.length >= suffix.length && prefix !== '') this.byPrefix.add(prefix, pattern);
    else if (suffix !== '') this.bySuffix.add(suffix, pattern);
    else this.byInfix.add(longest, pattern);
  }

  /**
   * Where the list's words stand in a text, in any order.
   *
   * @returns UTF-16 spans into the text that was read
   */
  find(raw: string, reading: Reading = readText(raw)): Span[] {
    const found: Span[] = [];
    const { tokens, compounds, spelled } = reading;
    const follow = (pattern: Pattern, next: number): number => {
      for (const [index, part] of pattern.rest.entries()) {
        const token = tokens[next + index];
        if (!token || !spellings(token).some((word) => fits(part.parts, word))) return -1;
      }
      return next + pattern.rest.length;
    };
    tokens.forEach((token, index) => {
      for (const pattern of this.patternsFor(spellings(token))) {
        const next = follow(pattern, index + 1);
        if (next > 0) found.push([token.start, tokens[next - 1].end]);
      }
    });
    for (const { forms, kind, start, end, to } of compounds) {
      // Two neighbours put together are a listed word only as it stands.
      const patterns = kind === 'split' ? (this.exactWords.get(forms[0]) ?? []) : this.patternsFor(forms);
      for (const pattern of patterns) {
        const next = follow(pattern, to + 1);
        if (next > 0) found.push([start, next > to + 1 ? tokens[next - 1].end : end]);
      }
    }
    for (const { from, letters } of spelled) {
      for (let at = 0; at < letters.length; at++) {
        for (
          let length = Math.min(24, letters.length - at);
          length >= 4 || length === letters.length;
          length--
        ) {
          const listed = this.exactWords.get(letters.slice(at, at + length));
          if (!listed?.some(({ rest }) => rest.length === 0)) continue;
          found.push([tokens[from + at].start, tokens[from + at + length - 1].end]);
          break;
        }
      }
    }
    for (const sign of this.signs.keys()) {
      const at = raw.indexOf(sign);
      if (at >= 0) found.push([at, at + sign.length]);
    }
    return found;
  }

  private patternsFor(words: readonly string[]): Pattern[] {
    const patterns: Pattern[] = [];
    for (const word of words) {
      const exact = this.exact.find(word, () => false);
      if (exact) patterns.push(...exact.value);
      if (word.includes('?') || word.length > MAX_WORD) continue;
      const filed = [
        ...this.byPrefix.startsOf(word),
        ...this.bySuffix.endsOf(word),
        ...this.byInfix.partsOf(word),
      ];
      patterns.push(...filed.filter(({ parts }) => fits(parts, word)));
    }
    return patterns;
  }
}

/** Patterns filed under letters; looked up by the pieces of a word that have one of the lengths on file. */
class Table {
  private readonly patterns = new Map<string, Pattern[]>();
  private readonly lengths = new Set<number>();

  add(letters: string, pattern: Pattern): void {
    this.lengths.add(letters.length);
    const filed = this.patterns.get(letters);
    if (filed) filed.push(pattern);
    else this.patterns.set(letters, [pattern]);
  }

  *startsOf(word: string): Generator<Pattern> {
    for (const length of this.lengths)
      if (length <= word.length) yield* this.patterns.get(word.slice(0, length)) ?? [];
  }

  *endsOf(word: string): Generator<Pattern> {
    for (const length of this.lengths)
      if (length <= word.length) yield* this.patterns.get(word.slice(-length)) ?? [];
  }

  *partsOf(word: string): Generator<Pattern> {
    for (const length of this.lengths) {
      for (let at = 0; at + length <= word.length; at++)
        yield* this.patterns.get(word.slice(at, at + length)) ?? [];
    }
  }
}

/** As it stands, without a possessive, with its stretched letters once and twice, and what it may stand for. */
function spellings({ text, forms }: { readonly text: string; readonly forms: readonly string[] }): string[] {
  const words = [text, ...forms];
  if (text.includes("'")) words.push(text.replace(/'s?$/, ''), text.replaceAll("'", ''));
  if (/(.)\1\1/u.test(text))
    words.push(text.replace(/(.)\1{2,}/gu, '$1'), text.replace(/(.)\1{2,}/gu, '$1$1'));
  return words;
}

/** Whether the parts follow each other in the word, the first at its start and the last at its end. */
function fits(parts: readonly string[], word: string): boolean {
  const first = parts[0];
  if (parts.length === 1) return word === first;
  const last = parts.at(-1)!;
  if (!word.startsWith(first) || !word.endsWith(last) || word.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = word.indexOf(part, at);
    if (found < 0 || found + part.length > word.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
