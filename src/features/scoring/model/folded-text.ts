import { foldChar } from '../lexicon/fold.js';
import { EMOJI, plainSign, SPACE } from './characters.js';
import { emojiAt } from './emoji.js';

/** A letter in a box or circle, or one of those that two by two are flags, by itself: no picture but a letter. */
function isBoxedLetter(raw: string, at: number): boolean {
  if (raw.charCodeAt(at) !== 0xd83c) return false;
  const low = raw.charCodeAt(at + 1);
  if (low >= 0xdd30 && low < 0xdd8a) return true;
  return isFlagLetter(raw, at) && !isFlagLetter(raw, at + 2) && !isFlagLetter(raw, at - 2);
}

const isFlagLetter = (raw: string, at: number): boolean =>
  raw.charCodeAt(at) === 0xd83c && raw.charCodeAt(at + 1) >= 0xdde6 && raw.charCodeAt(at + 1) <= 0xddff;

/**
 * A text with each character folded to its plain one, and where each stood. An emoji is one character here, of code
 * `EMOJI`. Filled anew by every `fold`.
 */
export class FoldedText {
  raw = '';
  length = 0;
  readonly codes: Uint16Array;
  /** UTF-16 offsets into `raw`. */
  readonly from: Int32Array;
  readonly to: Int32Array;

  /** @param most characters beyond so many are left out: some fold to several */
  constructor(private readonly most: number) {
    this.codes = new Uint16Array(most);
    this.from = new Int32Array(most);
    this.to = new Int32Array(most);
  }

  fold(raw: string): void {
    this.raw = raw;
    this.length = 0;
    for (let at = 0; at < raw.length;) {
      const code = raw.charCodeAt(at);
      if (code < 128) {
        const isCapital = code >= 65 && code <= 90;
        this.put(isCapital ? code + 32 : code < SPACE && code !== 10 ? SPACE : code, at, ++at);
        continue;
      }
      const sign = plainSign(code);
      at = sign === 0 ? this.foldRare(at, code) : this.put(sign, at, at + 1);
    }
  }

  private put(code: number, from: number, to: number): number {
    if (this.length >= this.most) return to;
    this.codes[this.length] = code;
    this.from[this.length] = from;
    this.to[this.length++] = to;
    return to;
  }

  /** @returns where the next character begins */
  private foldRare(at: number, code: number): number {
    const { raw } = this;
    const emoji = code >= 0x2190 && !isBoxedLetter(raw, at) ? emojiAt(raw, at) : null;
    if (emoji) return this.put(EMOJI, at, at + emoji.length);
    const char = String.fromCodePoint(raw.codePointAt(at)!);
    const next = at + char.length;
    if (/\s/.test(char)) return this.put(SPACE, at, next);
    const plain = foldChar(char);
    for (let i = 0; i < plain.length; i++) {
      const each = plain.charCodeAt(i);
      this.put(each === EMOJI ? SPACE : each, at, next);
    }
    return next;
  }

  slice(from: number, to: number): string {
    return String.fromCharCode(...this.codes.subarray(from, to));
  }

  /** A capital that is no Latin letter may look like another letter than its small one. */
  hasOddCapitals(from: number, to: number): boolean {
    const { raw } = this;
    const start = this.from[from];
    const stop = this.to[to - 1];
    if (stop - start === to - from) {
      let ascii = true;
      for (let at = start; at < stop && ascii; at++)
        ascii = raw.charCodeAt(at) < 128 || plainSign(raw.charCodeAt(at)) > 0;
      if (ascii) return false;
    }
    return /(?![A-Z])\p{Lu}/u.test(raw.slice(start, stop));
  }
}
