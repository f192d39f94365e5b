import { SPACE } from './characters.js';
import { classesOf, hashWord } from './word-table.js';

/** Longer texts are read up to here, in UTF-16 units: the work per comment has a bound that no text can raise. */
export const MAX_UNITS = 20_000;
// Some characters stand for several letters.
export const MAX_TOKENS = 2 * MAX_UNITS;
const MAX_LETTERS = 4 * MAX_TOKENS;

/** What is known of a token beside its word. */
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

/** Words in plain spelling and marks, in the order of the text; in arrays, since every comment passes through here. */
export class Tokens {
  /** How many there are. */
  count = 0;
  readonly hash = new Int32Array(MAX_TOKENS);
  readonly classes = new Int32Array(MAX_TOKENS);
  readonly flags = new Uint8Array(MAX_TOKENS);
  readonly sentence = new Int32Array(MAX_TOKENS);
  /** A number of `MITIGATIONS`; 0 for most. */
  readonly mitigation = new Uint8Array(MAX_TOKENS);
  /** UTF-16 offsets into the text that was read. */
  readonly from = new Int32Array(MAX_TOKENS);
  readonly to = new Int32Array(MAX_TOKENS);
  /** Where the token's letters stand in `chars`; each has a space on either side. */
  readonly first = new Int32Array(MAX_TOKENS);
  readonly last = new Int32Array(MAX_TOKENS);
  readonly chars = new Uint16Array(MAX_LETTERS);
  /** Facts of the whole text. */
  urls = 0;
  mentions = 0;
  emoji = 0;
  capitals = 0;
  words = 0;
  exclamations = 0;
  /** Links without `http`, of any kind those through a shortener and to a video, e-mail addresses, amounts of money, rows of one sign. */
  bareLinks = 0;
  shortLinks = 0;
  videoLinks = 0;
  mails = 0;
  amounts = 0;
  ornaments = 0;
  /** Where the last link stands. */
  urlAt = 0;

  protected raw = '';
  /** How many letters are in `chars`. */
  protected filled = 0;
  protected sentenceNow = 0;
  /** The first token behind an open quotation mark; -1: none is open. */
  protected quoteFrom = -1;
  /** Whether a comma was the last that was read. */
  protected comma = false;

  /** The token's letters, for explanations and the rare word that needs its text. */
  textOf(token: number): string {
    return String.fromCharCode(...this.chars.subarray(this.first[token], this.last[token]));
  }

  protected begin(raw: string): void {
    this.raw = raw;
    this.count = this.filled = this.sentenceNow = 0;
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
    this.comma = false;
    this.chars[this.filled++] = SPACE;
  }

  protected hasRoomFor(letters: number): boolean {
    return this.filled + letters < MAX_LETTERS && this.count < MAX_TOKENS - 1;
  }

  /** A word whose letters stand in `chars` from `first` on. */
  protected put(hash: number, first: number, start: number, stop: number): void {
    const token = this.place(hash, first, start, stop);
    this.classes[token] = classesOf(hash);
    this.sentence[token] = this.sentenceNow;
    let flags = this.quoteFrom >= 0 ? FLAG.quoted : 0;
    if (this.isCapital(start)) {
      if (this.isCapital(start + 1)) {
        flags |= FLAG.capitals;
        this.capitals++;
      } else if (
        token > 0 &&
        this.sentence[token - 1] === this.sentenceNow &&
        stop - start > 2 &&
        this.classes[token] === 0
      )
        flags |= FLAG.name;
    }
    if (this.comma) flags |= FLAG.afterComma;
    this.comma = false;
    this.words++;
    this.flags[token] = flags;
  }

  /** @param ends whether it ended a sentence, which it still belongs to */
  protected putMark(hash: number, first: number, start: number, stop: number, ends: boolean): void {
    // Odd, as hardly any word is by chance.
    const token = this.place(hash | 1, first, start, stop);
    this.classes[token] = 0;
    this.sentence[token] = Math.max(0, this.sentenceNow - (ends ? 1 : 0));
    this.flags[token] = FLAG.mark;
  }

  private place(hash: number, first: number, start: number, stop: number): number {
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

  /** Takes back a token and all after it. */
  protected rewind(token: number): void {
    if (token >= this.count) return;
    for (let t = token; t < this.count; t++) {
      this.words--;
      if (this.flags[t] & FLAG.capitals) this.capitals--;
    }
    this.filled = this.first[token];
    this.count = token;
  }

  /** The last token first; offsets then fall. */
  protected reverse(): void {
    this.turnOrder(0, this.count);
    this.sentence.fill(0, 0, this.count);
  }

  /** A token's letters from the last to the first; the token stands where it stood. */
  protected turnAround(token: number): void {
    const { first, last, chars, hash, classes, flags } = this;
    chars.subarray(first[token], last[token]).reverse();
    hash[token] = hashWord(this.textOf(token));
    classes[token] = classesOf(hash[token]);
    if (classes[token] !== 0) flags[token] &= ~FLAG.name;
  }

  /** The tokens of a stretch in turned order, `[from, to)`. */
  protected turnOrder(from: number, to: number): void {
    const { hash, classes, flags, first, last } = this;
    for (const list of [hash, classes, flags, this.from, this.to, first, last])
      list.subarray(from, to).reverse();
  }

  /** The tokens from one on, to be put back by `paste`. */
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
      if (!this.hasRoomFor(text.length + 1)) return;
      const first = this.filled;
      for (let i = 0; i < text.length; i++) this.chars[this.filled++] = text.charCodeAt(i);
      if (isMark) this.putMark(hash, first, start, stop, false);
      else this.put(hash, first, start, stop);
    }
  }
}
