import { resolvedOf } from '../lexicon/resolved-parts.js';
import { kindOf, LETTER, DIGIT } from './characters.js';
import { FoldedText } from './folded-text.js';
import { FLAG, MAX_TOKENS, Tokens } from './tokens.js';
import { unstretch } from './word-shapes.js';
import { FACTOR, hashWord, ODD, oddnessOf } from './word-table.js';

// So many marks, pictures and spaces may hold the letters of a word apart.
const WIDEST_GAP = 6;
const WIDEST_SPACE = 3;
// The brackets that people put around each letter.
const OPENING = new Set([...'([{'].map((sign) => sign.charCodeAt(0)));
const TAG = /<[^<>]{1,40}>/g;

export const isOpening = (code: number): boolean => OPENING.has(code);
export const isWordKind = (kind: number): boolean => kind === LETTER || kind === DIGIT;

/** Letters one by one, "i d i o t", "i - d - i", "i 🙂 d": noted as they come, and made a word where they spell one. */
export class SingleLetters extends Tokens {
  protected readonly text = new FoldedText(MAX_TOKENS);
  /** How many stand in a row before what is read. */
  protected singles = 0;
  /** The token that is the first of them. */
  private singlesAt = 0;

  protected noteSingle(): void {
    if (this.singles++ === 0) this.singlesAt = this.count - 1;
  }

  protected putText(word: string, start: number, stop: number): void {
    const first = this.filled;
    if (!this.hasRoomFor(word.length + 1)) return;
    const plain = unstretch(word.replaceAll("'", ''));
    for (let i = 0; i < plain.length; i++) this.chars[this.filled++] = plain.charCodeAt(i);
    this.put(hashWord(plain), first, start, stop);
  }

  /** Whether letters one by one go on behind what parts them: "i - d - i", "i 🙂 d". */
  protected goesOn(from: number): boolean {
    if (this.singles === 0) return false;
    const { codes, length } = this.text;
    let at = from;
    while (at < length && at < from + WIDEST_GAP && !isWordKind(kindOf(codes[at]))) at++;
    if (at >= length || codes[at] > 127 || kindOf(codes[at]) !== LETTER) return false;
    return at + 1 >= length || !isWordKind(kindOf(codes[at + 1]));
  }

  /**
   * Letters one by one, "i d i o t": put together when the last of them has passed.
   *
   * @returns whether they were letters in brackets, "(i)(d)(i)(o)(t)", of which the last is still open
   */
  protected settleSingles(since = 0): boolean {
    const { singles } = this;
    this.singles = 0;
    if (singles < 3) return false;
    const letters: number[] = [];
    for (let t = this.singlesAt; t < this.count - since; t++) if (this.isSingle(t)) letters.push(t);
    // "a r e t a r d": an article before the word.
    if (this.isGrave(letters.slice(1))) letters.shift();
    for (let i = 1; i < letters.length; i++) {
      const [before, letter] = [letters[i - 1], letters[i]];
      if (letter === before + 1 && this.gapBetween(before, letter) > WIDEST_SPACE) return false;
    }
    return this.joinSingles(letters);
  }

  /** In UTF-16 units; a line break of HTML is as wide as one of text. */
  private gapBetween(left: number, right: number): number {
    const wide = this.from[right] - this.to[left];
    if (wide <= WIDEST_SPACE) return wide;
    return this.raw.slice(this.to[left], this.from[right]).replace(TAG, ' ').length;
  }

  /** Of letters, whatever holds them apart, a word is made where they spell one; lists stay what they are. */
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
    // A letter a line is one line.
    this.sentenceNow = this.sentence[letters[0]];
    // The bracket before the first letter is one of those around each.
    this.rewind(inBrackets ? opened : letters[0]);
    for (const word of words) this.putText(word.text, starts[word.start / 2], ends[(word.end - 1) / 2]);
    this.paste(tail);
    return inBrackets && tail.length === 0;
  }

  /** Whether a token is a mark that ends in an opening bracket, and not the one that is left out. */
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

  /** Whether letters one by one are a grave word. */
  private isGrave(letters: readonly number[]): boolean {
    let joined = 0;
    for (const token of letters) joined = (Math.imul(joined, FACTOR) + this.chars[this.first[token]]) | 0;
    return (oddnessOf(joined) & ODD.grave) !== 0;
  }
}
