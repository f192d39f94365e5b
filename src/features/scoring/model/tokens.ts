import { SPACE } from './characters.js';
import { classesOf, hashWord } from './word-table.js';

/** Longer texts are read up to here, in UTF-16 units, which limits the work per comment. */
export const MAX_UNITS = 20_000;
// Some characters fold to several letters.
export const MAX_TOKENS = 2 * MAX_UNITS;
const MAX_LETTERS = 4 * MAX_TOKENS;

/** Properties of a token besides its word. */
export const FLAG = {
  mark: 1,
  quoted: 2,
  capitals: 4,
  name: 8,
  harmless: 16,
  afterComma: 32,
  number: 64,
} as const;

interface CopiedToken {
  readonly hash: number;
  readonly text: string;
  readonly start: number;
  readonly stop: number;
  readonly isMark: boolean;
}

/**
 * Words in plain spelling and marks, in the order of the text; in arrays, because every comment passes through here.
 */
export class Tokens {
  /** Number of tokens. */
  count = 0;
  readonly hash = new Int32Array(MAX_TOKENS);
  readonly classes = new Int32Array(MAX_TOKENS);
  readonly flags = new Uint8Array(MAX_TOKENS);
  readonly sentence = new Int32Array(MAX_TOKENS);
  /** An index into `MITIGATIONS`; usually 0. */
  readonly mitigation = new Uint8Array(MAX_TOKENS);
  /** UTF-16 offsets into the text that was read. */
  readonly from = new Int32Array(MAX_TOKENS);
  readonly to = new Int32Array(MAX_TOKENS);
  /** Offset of the token's letters in `chars`, where each token has a space on either side. */
  readonly first = new Int32Array(MAX_TOKENS);
  readonly last = new Int32Array(MAX_TOKENS);
  readonly chars = new Uint16Array(MAX_LETTERS);
  /** Counts for the whole text. */
  urls = 0;
  mentions = 0;
  emoji = 0;
  capitals = 0;
  words = 0;
  exclamations = 0;
  /**
   * Links without `http`, links through a shortener and to a video, email addresses, amounts of money, runs of one
   * symbol.
   */
  bareLinks = 0;
  shortLinks = 0;
  videoLinks = 0;
  mails = 0;
  amounts = 0;
  ornaments = 0;
  /** Position of the last link. */
  urlAt = 0;

  /** The text that was read. */
  raw = '';
  /** Number of letters in `chars`. */
  protected filled = 0;
  protected currentSentence = 0;
  /** The first token after an open quotation mark; -1 if none is open. */
  protected quoteFrom = -1;
  /** Whether a comma precedes the next word. */
  protected isAfterComma = false;

  /** The token's letters, for explanations and for the few words whose text is needed. */
  textOf(token: number): string {
    return String.fromCharCode(...this.chars.subarray(this.first[token], this.last[token]));
  }

  protected begin(raw: string): void {
    this.raw = raw;
    this.count = this.filled = this.currentSentence = 0;
    this.urls = this.mentions = this.emoji = this.capitals = this.words = this.exclamations = 0;
    this.bareLinks =
      this.shortLinks =
      this.videoLinks =
      this.mails =
      this.amounts =
      this.ornaments =
      this.urlAt =
        0;
    this.quoteFrom = -1;
    this.isAfterComma = false;
    this.chars[this.filled++] = SPACE;
  }

  protected hasCapacityFor(letters: number): boolean {
    return this.filled + letters < MAX_LETTERS && this.count < MAX_TOKENS - 1;
  }

  /** Adds a word whose letters start at `first` in `chars`. */
  protected put(hash: number, first: number, start: number, stop: number): void {
    const token = this.addToken(hash, first, start, stop);
    this.classes[token] = classesOf(hash);
    this.sentence[token] = this.currentSentence;
    let flags = this.quoteFrom >= 0 ? FLAG.quoted : 0;
    if (this.isCapital(start)) {
      if (this.isCapital(start + 1)) {
        flags |= FLAG.capitals;
        this.capitals++;
      } else if (
        token > 0 &&
        this.sentence[token - 1] === this.currentSentence &&
        stop - start > 2 &&
        this.classes[token] === 0
      )
        flags |= FLAG.name;
    }
    if (this.isAfterComma) flags |= FLAG.afterComma;
    this.isAfterComma = false;
    this.words++;
    this.flags[token] = flags;
  }

  /** @param ends whether it ends the sentence, which it still belongs to */
  protected putMark(hash: number, first: number, start: number, stop: number, ends: boolean): void {
    // Odd, which hardly any word's hash is by chance.
    const token = this.addToken(hash | 1, first, start, stop);
    this.classes[token] = 0;
    this.sentence[token] = Math.max(0, this.currentSentence - (ends ? 1 : 0));
    this.flags[token] = FLAG.mark;
  }

  private addToken(hash: number, first: number, start: number, stop: number): number {
    const token = this.count++;
    this.first[token] = first;
    this.last[token] = this.filled;
    this.chars[this.filled++] = SPACE;
    this.hash[token] = hash;
    this.mitigation[token] = 0;
    this.from[token] = start;
    this.to[token] = stop;
    return token;
  }

  private isCapital(at: number): boolean {
    const code = this.raw.charCodeAt(at);
    return code >= 65 && code <= 90;
  }

  /** Removes a token and all after it. */
  protected rewind(token: number): void {
    if (token >= this.count) return;
    for (let t = token; t < this.count; t++) {
      this.words--;
      if (this.flags[t] & FLAG.capitals) this.capitals--;
    }
    this.filled = this.first[token];
    this.count = token;
  }

  /** Reverses the order of the tokens; offsets are then descending. */
  protected reverse(): void {
    this.reverseTokens(0, this.count);
    this.sentence.fill(0, 0, this.count);
  }

  /** Reverses a token's letters; its position stays the same. */
  protected reverseToken(token: number): void {
    const { first, last, chars, hash, classes, flags } = this;
    chars.subarray(first[token], last[token]).reverse();
    hash[token] = hashWord(this.textOf(token));
    classes[token] = classesOf(hash[token]);
    if (classes[token] !== 0) flags[token] &= ~FLAG.name;
  }

  /** Reverses the order of the tokens in `[from, to)`. */
  protected reverseTokens(from: number, to: number): void {
    const { hash, classes, flags, first, last } = this;
    for (const list of [hash, classes, flags, this.from, this.to, first, last])
      list.subarray(from, to).reverse();
  }

  /** Copies the tokens from an index on, to be restored by `paste`. */
  protected copy(from: number): readonly CopiedToken[] {
    const copied: CopiedToken[] = [];
    for (let token = from; token < this.count; token++)
      copied.push({
        hash: this.hash[token],
        text: this.textOf(token),
        start: this.from[token],
        stop: this.to[token],
        isMark: (this.flags[token] & FLAG.mark) !== 0,
      });
    return copied;
  }

  protected paste(copied: readonly CopiedToken[]): void {
    for (const { hash, text, start, stop, isMark } of copied) {
      if (!this.hasCapacityFor(text.length + 1)) return;
      const first = this.filled;
      for (let i = 0; i < text.length; i++) this.chars[this.filled++] = text.charCodeAt(i);
      if (isMark) this.putMark(hash, first, start, stop, false);
      else this.put(hash, first, start, stop);
    }
  }
}
