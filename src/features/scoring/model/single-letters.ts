import { resolvedOf } from '../lexicon/resolved-parts.js';
import { kindOf, LETTER, DIGIT } from './characters.js';
import { FoldedText } from './folded-text.js';
import { FLAG, MAX_TOKENS, Tokens } from './tokens.js';
import { unstretch } from './word-shapes.js';
import { FACTOR, hashWord, EXAMINE_REASON, examineReasonsOf } from './word-table.js';

// Maximum number of marks, emoji and spaces between the letters of a word.
const WIDEST_GAP = 6;
const WIDEST_SPACE = 3;
// Brackets that people put around each letter.
const OPENING = new Set([...'([{'].map((sign) => sign.charCodeAt(0)));
const TAG = /<[^<>]{1,40}>/g;

export const isOpening = (code: number): boolean => OPENING.has(code);
export const isWordKind = (kind: number): boolean => kind === LETTER || kind === DIGIT;

/** Single letters, "i d i o t", "i - d - i", "i 🙂 d": collected as they are read and joined if they spell a word. */
export class SingleLetters extends Tokens {
  protected readonly text = new FoldedText(MAX_TOKENS);
  /** Number of consecutive single letters before the current position. */
  protected singles = 0;
  /** The token of the first of them. */
  private firstSingle = 0;

  protected countSingle(): void {
    if (this.singles++ === 0) this.firstSingle = this.count - 1;
  }

  protected putText(word: string, start: number, stop: number): void {
    const first = this.filled;
    if (!this.hasCapacityFor(word.length + 1)) return;
    const plain = unstretch(word.replaceAll("'", ''));
    for (let i = 0; i < plain.length; i++) this.chars[this.filled++] = plain.charCodeAt(i);
    this.put(hashWord(plain), first, start, stop);
  }

  /** Whether another single letter follows the separator: "i - d - i", "i 🙂 d". */
  protected continuesAfter(from: number): boolean {
    if (this.singles === 0) return false;
    const { codes, length } = this.text;
    let at = from;
    while (at < length && at < from + WIDEST_GAP && !isWordKind(kindOf(codes[at]))) at++;
    if (at >= length || codes[at] > 127 || kindOf(codes[at]) !== LETTER) return false;
    return at + 1 >= length || !isWordKind(kindOf(codes[at + 1]));
  }

  /**
   * Joins single letters, "i d i o t", after the last of them.
   *
   * @returns whether they were bracketed letters, "(i)(d)(i)(o)(t)", with the last bracket still open
   */
  protected flushSingles(since = 0): boolean {
    const { singles } = this;
    this.singles = 0;
    if (singles < 3) return false;
    const letters: number[] = [];
    for (let t = this.firstSingle; t < this.count - since; t++) if (this.isSingle(t)) letters.push(t);
    // "a r e t a r d": an article precedes the word.
    if (this.isSevereWord(letters.slice(1))) letters.shift();
    for (let i = 1; i < letters.length; i++) {
      const [before, letter] = [letters[i - 1], letters[i]];
      if (letter === before + 1 && this.gapBetween(before, letter) > WIDEST_SPACE) return false;
    }
    return this.joinSingles(letters);
  }

  /** In UTF-16 units; a line break in HTML is as wide as one in the text. */
  private gapBetween(left: number, right: number): number {
    const gapChars = this.from[right] - this.to[left];
    if (gapChars <= WIDEST_SPACE) return gapChars;
    return this.raw.slice(this.to[left], this.from[right]).replace(TAG, ' ').length;
  }

  /** Joins letters that spell a word, whatever separates them; lists of letters stay as they are. */
  private joinSingles(letters: readonly number[]): boolean {
    const text = letters.map((token) => String.fromCharCode(this.chars[this.first[token]])).join(' ');
    const words = resolvedOf(text);
    if (words.every((word) => word.text.length < 2)) return false;
    const opened = letters[0] - 1;
    const inBrackets =
      this.isOpeningMark(opened) && letters.some((token) => this.isOpeningMark(token - 1, opened));
    const starts = letters.map((token) => this.from[token]);
    const ends = letters.map((token) => this.to[token]);
    const tail = this.copy(letters.at(-1)! + 1);
    // One letter per line is treated as a single line.
    this.currentSentence = this.sentence[letters[0]];
    // The bracket before the first letter is one of those around each letter.
    this.rewind(inBrackets ? opened : letters[0]);
    for (const word of words) this.putText(word.text, starts[word.start / 2], ends[(word.end - 1) / 2]);
    this.paste(tail);
    return inBrackets && tail.length === 0;
  }

  /** Whether a token is a mark that ends in an opening bracket, except for the token `but`. */
  private isOpeningMark(token: number, but = -1): boolean {
    return (
      token >= 0 &&
      token !== but &&
      (this.flags[token] & FLAG.mark) !== 0 &&
      isOpening(this.chars[this.last[token] - 1])
    );
  }

  private isSingle(token: number): boolean {
    const at = this.first[token];
    return (
      (this.flags[token] & FLAG.mark) === 0 &&
      this.last[token] - at === 1 &&
      this.chars[at] < 128 &&
      kindOf(this.chars[at]) === LETTER
    );
  }

  /** Whether single letters spell a severe word. */
  private isSevereWord(letters: readonly number[]): boolean {
    let joined = 0;
    for (const token of letters) joined = (Math.imul(joined, FACTOR) + this.chars[this.first[token]]) | 0;
    return (examineReasonsOf(joined) & EXAMINE_REASON.severe) !== 0;
  }
}
