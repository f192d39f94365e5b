import { fold } from '../lexicon/fold.js';
import { readText, type Reading } from '../lexicon/reading.js';
import type { Span } from '../scores.js';
import { SignTrie } from './sign-trie.js';
import { StepBudget } from './step-budget.js';
import { PREFIX_CHARS, WordPatterns } from './word-patterns.js';

/*
 * Matches words and phrases typed by editors in every spelling that `readText` sees through. `*` stands for any
 * letters of a word, or none. Editors' input is never compiled to a regular expression: words become patterns that
 * are compared without backtracking, phrases become a tree of patterns that is walked once from each word, and a
 * budget limits everything.
 */

/** What may follow the words so far, by the number of the next word's pattern. */
interface PhraseNode {
  readonly next: Map<number, PhraseNode>;
  isEnd: boolean;
}

// Scripts without spaces between words: a word is matched anywhere in a run of them.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const MAX_SPELLED = 24;
/** Cost of stepping to a phrase's next word, in letter comparisons. */
const STEPS_PER_WORD = 60;

const aNode = (): PhraseNode => ({ next: new Map(), isEnd: false });

/** A site's word list, compiled. */
export class WordList {
  private readonly patterns = new WordPatterns();
  private readonly phrases = aNode();
  private readonly signs = new SignTrie();

  constructor(words: readonly string[]) {
    for (const word of new Set(words)) this.add(word);
  }

  /**
   * Finds the list's words in a text, in no particular order.
   *
   * @returns UTF-16 spans into the text that was read
   * @throws TooManyStepsError for a list and a text that would take too long
   */
  find(raw: string, reading: Reading = readText(raw)): Span[] {
    return [...new Search(reading, this.patterns, this.phrases).spans(), ...this.signs.find(raw)];
  }

  private add(entry: string): void {
    const words = fold(entry)
      .split(/[\s\-–—_./,]+/)
      .map((word) => word.replace(/[^\p{L}\p{M}\p{N}*']/gu, ''))
      .filter((word) => word.replaceAll('*', '') !== '')
      .map((word) => (UNSPACED.test(word) ? `*${word}*` : word));
    if (words.length === 0) {
      // Symbols are matched anywhere, so a star before or after them has no meaning.
      const sign = entry.trim().replace(/^\*+|\*+$/g, '');
      if (sign !== '') this.signs.add(sign);
      return;
    }
    let node = this.phrases;
    for (const word of words) {
      const id = this.patterns.add(word);
      let next = node.next.get(id);
      if (!next) node.next.set(id, (next = aNode()));
      node = next;
    }
    node.isEnd = true;
  }
}

/** Matches one text against one list. */
class Search {
  private readonly budget = new StepBudget();
  private readonly bySpelling = new Map<string, ReadonlySet<number>>();
  private readonly byToken: ReadonlySet<number>[] = [];

  constructor(
    private readonly reading: Reading,
    private readonly patterns: WordPatterns,
    private readonly phrases: PhraseNode,
  ) {}

  *spans(): Generator<Span> {
    const { tokens, compounds } = this.reading;
    for (const [index, token] of tokens.entries()) {
      const last = this.longest(this.phrases, this.matchesOfToken(index), index);
      if (last >= 0) yield [token.start, tokens[last].end];
    }
    for (const { forms, kind, start, end, to } of compounds) {
      // Two joined neighbours match a listed word only exactly.
      const exact = kind === 'split' ? this.patterns.exactly(forms[0]) : undefined;
      const ids =
        kind === 'split' ? new Set(exact === undefined ? [] : [exact]) : this.matchesOfSpellings(forms);
      const last = this.longest(this.phrases, ids, to);
      if (last >= 0) yield [start, last > to ? tokens[last].end : end];
    }
    yield* this.spelledOut();
  }

  /** Finds words in spelled-out letters: any part of a row of letters may be one. */
  private *spelledOut(): Generator<Span> {
    const { tokens, spelled } = this.reading;
    for (const { from, letters } of spelled) {
      for (let at = 0; at < letters.length; at++) {
        const rest = letters.length - at;
        // A shorter row is only matched as a whole.
        const lengths =
          letters.length < PREFIX_CHARS
            ? [rest]
            : this.patterns.lengthsOf(letters.slice(at, at + PREFIX_CHARS));
        this.budget.spend(PREFIX_CHARS);
        for (const length of lengths) {
          if (length > rest || length > MAX_SPELLED) continue;
          this.budget.spend(length);
          const id = this.patterns.exactly(letters.slice(at, at + length));
          if (id === undefined || !this.phrases.next.get(id)?.isEnd) continue;
          yield [tokens[from + at].start, tokens[from + at + length - 1].end];
          break;
        }
        if (letters.length < PREFIX_CHARS) break;
      }
    }
  }

  /**
   * @returns the last token of the longest phrase that starts with one of these at this token; -1 if there is none
   */
  private longest(node: PhraseNode, ids: ReadonlySet<number>, at: number): number {
    let last = -1;
    this.budget.spend(STEPS_PER_WORD);
    for (const id of ids) {
      const next = node.next.get(id);
      if (!next) continue;
      if (next.isEnd) last = Math.max(last, at);
      if (next.next.size > 0 && at + 1 < this.reading.tokens.length)
        last = Math.max(last, this.longest(next, this.matchesOfToken(at + 1), at + 1));
    }
    return last;
  }

  private matchesOfToken(index: number): ReadonlySet<number> {
    return (this.byToken[index] ??= this.matchesOfSpellings(spellings(this.reading.tokens[index])));
  }

  private matchesOfSpellings(words: readonly string[]): ReadonlySet<number> {
    const idSets = words.map((word) => {
      let ids = this.bySpelling.get(word);
      if (!ids) this.bySpelling.set(word, (ids = this.patterns.findMatches(word, this.budget)));
      return ids;
    });
    return idSets.length === 1 ? idSets[0] : new Set(idSets.flatMap((ids) => [...ids]));
  }
}

/**
 * The word as written, without a possessive, with stretched letters once and twice, and its other possible spellings.
 */
function spellings({ text, forms }: { readonly text: string; readonly forms: readonly string[] }): string[] {
  const words = [text, ...forms];
  if (text.includes("'")) words.push(text.replace(/'s?$/, ''), text.replaceAll("'", ''));
  if (/(.)\1\1/u.test(text))
    words.push(text.replace(/(.)\1{2,}/gu, '$1'), text.replace(/(.)\1{2,}/gu, '$1$1'));
  return words;
}
