import { meant } from '../lexicon/lexicon.js';
import { resolvedOf } from '../lexicon/resolved-parts.js';
import { markBlunted } from './blunted.js';
import { APOSTROPHE, DIGIT, EMOJI, JOINT, kindOf, LETTER, SPACE } from './characters.js';
import { emojiAt } from './emoji.js';
import { FoldedText } from './folded-text.js';
import { markHarmless } from './homonyms.js';
import { FLAG, MAX_TOKENS, MAX_UNITS, Tokens } from './tokens.js';
import { cutBetween, isHeldApart, unstretch } from './word-shapes.js';
import { classesOf, FACTOR, hashWord, ODD, oddnessOf, slipOf } from './word-table.js';

export { FLAG, MAX_UNITS } from './tokens.js';

const [QUOTE, HASH, DOLLAR, PAREN, ASTERISK, COMMA, DASH, DOT, ZERO, QUESTION, AT, UNDERSCORE] =
  [...'"#$(*,-.0?@_'].map((sign) => sign.charCodeAt(0)); // prettier-ignore
const [SMALL_H, SMALL_P, SMALL_S, SMALL_T, SMALL_W, COLON] = [104, 112, 115, 116, 119, 58];
const EXCLAMATION = 33;
const BRACKET = 93;
const PIPE = 124;
const ELLIPSIS = 0x2026;
// Of marks in a row so many are kept, and of the digits of a number.
const MARKS_KEPT = 3;
const DIGITS_KEPT = 7;
// A word this long may be a slip of the keyboard, and this long two words in one.
const SHORTEST_SLIP = 5;
const SHORTEST_JOINED = 7;
const MOST_SIGNS = 3;
const isSignOfLetter = (code: number): boolean =>
  code === AT || code === DOLLAR || code === EXCLAMATION || code === PIPE;
const isEmphasis = (code: number): boolean => code === ASTERISK || code === UNDERSCORE || code === HASH;
const isWordKind = (kind: number): boolean => kind === LETTER || kind === DIGIT;

/**
 * Reads a text as the model sees it: words in plain spelling whatever their disguise, marks, and where each stood.
 * One reader serves a whole process: its arrays are filled anew by every `read`, which is never interrupted.
 */
export class TextReader extends Tokens {
  private readonly text = new FoldedText(MAX_TOKENS);
  /** How many single letters stand in a row before what is read. */
  private singles = 0;

  read(text: string): this {
    this.begin(text.length > MAX_UNITS ? text.slice(0, MAX_UNITS) : text);
    this.singles = 0;
    this.text.fold(this.raw);
    const { codes, length } = this.text;
    for (let at = 0; at < length;) {
      const code = codes[at];
      if (code === EMOJI) {
        at = this.readEmoji(at);
        continue;
      }
      if (code <= SPACE) {
        if (code === 10) this.sentenceNow++;
        at++;
        continue;
      }
      let stop = at + 1;
      while (stop < length && codes[stop] > SPACE) stop++;
      this.readChunk(at, stop);
      at = stop;
    }
    this.settleSingles();
    // A quotation that is never closed is none.
    if (this.quoteFrom >= 0) for (let t = this.quoteFrom; t < this.count; t++) this.flags[t] &= ~FLAG.quoted;
    markHarmless(this);
    markBlunted(this);
    return this;
  }

  private readEmoji(at: number): number {
    const { from, to } = this.text;
    const { word } = emojiAt(this.raw, from[at]) ?? { word: 'emoji' };
    this.settleSingles();
    this.emoji++;
    for (const part of word.split(' ')) this.putText(part, from[at], to[at]);
    return at + 1;
  }

  /** What stands between two spaces. Of "[words](https://a.example)" the words are read, then the address. */
  private readChunk(begin: number, stop: number): void {
    const { codes } = this.text;
    let from = begin;
    for (let at = begin; at < stop - 1; at++) {
      if (codes[at] !== BRACKET || codes[at + 1] !== PAREN || this.isUrl(from, at)) continue;
      this.readPart(from, at);
      from = at + 2;
    }
    if (from < stop) this.readPart(from, stop);
  }

  /** Marks, a core, marks. */
  private readPart(begin: number, stop: number): void {
    const { codes } = this.text;
    let from = begin;
    while (from < stop && !isWordKind(kindOf(codes[from])) && !this.isMaskedInitial(from, stop)) from++;
    let to = stop;
    let masks = 0;
    while (to > from) {
      const code = codes[to - 1];
      const isSign = code === DOLLAR && to - 2 >= from && kindOf(codes[to - 2]) === LETTER;
      if (isWordKind(kindOf(code)) || isSign) break;
      if (code === ASTERISK || code === DASH || code === UNDERSCORE || code === HASH) masks++;
      to--;
    }
    if (from > begin) this.readMarks(begin, from);
    if (from === to) return;
    // "f***"
    if (masks >= 2 && from === begin && to - from <= 3) {
      this.readSlow(begin, stop);
      return;
    }
    this.readCore(from, to);
    if (to < stop) this.readMarks(to, stop);
  }

  /** A sign that stands for a word's first letter, one more behind it at most: "@ss", "$hit", "!diot", "@$$hole". */
  private isMaskedInitial(at: number, stop: number): boolean {
    const { codes } = this.text;
    let letter = at;
    while (letter < stop && letter < at + MOST_SIGNS && isSignOfLetter(codes[letter])) letter++;
    const isShouted = letter > at + 1 && codes[letter - 1] === EXCLAMATION;
    return letter > at && letter < stop && kindOf(codes[letter]) === LETTER && !isShouted;
  }

  private readCore(from: number, to: number): void {
    const { codes } = this.text;
    let letters = 0;
    let digits = 0;
    let signs = 0;
    let joints = 0;
    let foreign = 0;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (code > 127) foreign++;
      switch (kindOf(code)) {
        case LETTER: letters++; break;
        case DIGIT: digits++; break;
        case APOSTROPHE: break;
        case JOINT: joints++; break;
        default: signs++;
      }
    } // prettier-ignore
    if (foreign > 0 || this.text.hasOddCapitals(from, to)) {
      if (foreign === letters && digits + signs + joints === 0) this.putWord(from, to);
      else this.readSlow(from, to);
    } else if (this.isUrl(from, to)) this.readUrl(from, to);
    else if (letters === 0) this.readNumber(from, to);
    else if (digits + signs + joints === 0) this.readWord(from, to);
    else if (digits === 0 && signs === 0 && !isHeldApart(this.text, from, to)) this.readJoined(from, to);
    else this.readSlow(from, to);
  }

  /** "and/or", "well-known" */
  private readJoined(from: number, to: number): void {
    const { codes } = this.text;
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && kindOf(codes[at]) !== JOINT) continue;
      if (at > start) this.readWord(start, at);
      if (at < to && (codes[at] === DOT || codes[at] === COMMA)) this.readMarks(at, at + 1);
      start = at + 1;
    }
  }

  private isUrl(from: number, to: number): boolean {
    const { codes } = this.text;
    if (codes[from] === SMALL_W)
      return (
        to - from > 3 && codes[from + 1] === SMALL_W && codes[from + 2] === SMALL_W && codes[from + 3] === DOT
      );
    if (codes[from] !== SMALL_H || to - from < 7) return false;
    if (codes[from + 1] !== SMALL_T || codes[from + 2] !== SMALL_T || codes[from + 3] !== SMALL_P)
      return false;
    return codes[from + 4] === COLON || (codes[from + 4] === SMALL_S && codes[from + 5] === COLON);
  }

  private readUrl(from: number, to: number): void {
    this.settleSingles();
    this.urls++;
    const [start, stop] = [this.text.from[from], this.text.to[to - 1]];
    this.putText('httpurl', start, stop);
    const head = this.text.slice(from, Math.min(to, from + 100));
    const host = /^(?:https?:\/\/)?(?:www\.)?([a-z0-9.-]{1,80})/.exec(head)?.[1] ?? '';
    for (const label of host.split('.').slice(-3))
      if (label.length > 1) this.putText(`${label.slice(0, 20)}.`, start, stop);
  }

  private readWord(from: number, to: number): void {
    const { codes } = this.text;
    let hash = 0;
    let squeezed = 0;
    let length = 0;
    let longest = 1;
    let run = 0;
    let before = 0;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (kindOf(code) === APOSTROPHE) continue;
      hash = (Math.imul(hash, FACTOR) + code) | 0;
      length++;
      if (code === before) {
        if (++run > longest) longest = run;
        continue;
      }
      before = code;
      run = 1;
      squeezed = (Math.imul(squeezed, FACTOR) + code) | 0;
    }
    if (length === 0) return;
    const known = classesOf(hash) !== 0;
    if (longest > 1 && !known && (oddnessOf(squeezed) & ODD.squeezed) !== 0) this.readSlow(from, to);
    else if (longest > 2) this.putAs(unstretch(this.plain(from, to)), from, to);
    else if (!this.readMisspelt(from, to, hash, length, known)) {
      this.putWord(from, to, hash);
      this.joinPair();
    }
  }

  /** @returns whether the word was another one's spelling, a slip of the keyboard, or two in one */
  private readMisspelt(from: number, to: number, hash: number, length: number, known: boolean): boolean {
    const odd = oddnessOf(hash);
    if (odd & ODD.spelling) {
      const word = meant.get(this.plain(from, to));
      if (word === undefined) return false;
      this.putAs(word, from, to);
      return true;
    }
    if (odd !== 0 || known || length < SHORTEST_SLIP) return false;
    const slip = slipOf(hash);
    if (slip !== '') {
      this.putAs(slip, from, to);
      return true;
    }
    if (length < SHORTEST_JOINED || length !== to - from) return false;
    const cut = cutBetween(this.text, from, to, hash);
    if (cut === 0) return false;
    this.putWord(from, cut);
    this.putWord(cut, to);
    return true;
  }

  private plain(from: number, to: number): string {
    return this.text.slice(from, to).replaceAll("'", '');
  }

  /** "fu ck": two neighbours that make one grave word. */
  private joinPair(): void {
    const right = this.count - 1;
    const left = right - 1;
    if (left < 0 || (this.flags[left] & FLAG.mark) !== 0) return;
    const [a, b] = [this.last[left] - this.first[left], this.last[right] - this.first[right]];
    if (a + b < 4 || a + b > 14 || (a > 4 && b > 4) || this.from[right] - this.to[left] > 2) return;
    let joined = this.hash[left];
    for (let i = 0; i < b; i++) joined = Math.imul(joined, FACTOR);
    joined = (joined + this.hash[right]) | 0;
    if ((oddnessOf(joined) & ODD.grave) !== 0) this.resolve(left, this.from[left], this.to[right]);
  }

  private readSlow(from: number, to: number): void {
    this.settleSingles();
    this.resolve(this.count, this.text.from[from], this.text.to[to - 1]);
  }

  /** The slow way, for what is disguised: a stretch of the text is read again by the lexicon. */
  private resolve(token: number, start: number, stop: number): void {
    this.rewind(token);
    this.singles = 0;
    const part = this.raw.slice(start, stop);
    const words = resolvedOf(part);
    if (part.startsWith('@') && words.every(({ levels }) => levels === null)) {
      this.mentions++;
      this.putText('usermention', start, stop);
      return;
    }
    for (const word of words) {
      const text = word.levels ? word.text : word.text.replace(/\d/g, '0');
      if (text !== '') this.putText(text, start + word.start, start + word.end);
    }
  }

  private putAs(word: string, from: number, to: number): void {
    this.putText(word, this.text.from[from], this.text.to[to - 1]);
  }

  private putText(word: string, start: number, stop: number): void {
    this.settleSingles();
    const first = this.filled;
    if (!this.hasRoomFor(word.length + 1)) return;
    const plain = unstretch(word.replaceAll("'", ''));
    for (let i = 0; i < plain.length; i++) this.chars[this.filled++] = plain.charCodeAt(i);
    this.put(hashWord(plain), first, start, stop);
  }

  private putWord(from: number, to: number, known?: number): void {
    const first = this.filled;
    if (!this.hasRoomFor(to - from + 1)) return;
    const { codes } = this.text;
    let hash = 0;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (kindOf(code) === APOSTROPHE) continue;
      this.chars[this.filled++] = code;
      if (known === undefined) hash = (Math.imul(hash, FACTOR) + code) | 0;
    }
    const isSingle =
      this.filled - first === 1 && this.chars[first] < 128 && kindOf(this.chars[first]) === LETTER;
    this.put(known ?? hash, first, this.text.from[from], this.text.to[to - 1]);
    if (isSingle) this.singles++;
    else if (this.singles > 0) this.settleSingles(1);
  }

  /** Letters one by one, "i d i o t": put together when the last of them has passed. */
  private settleSingles(since = 0): void {
    const { singles } = this;
    this.singles = 0;
    if (singles < 3) return;
    const end = this.count - since;
    let begin = end - singles;
    // "a r e t a r d": an article before the word.
    if (this.isGrave(begin + 1, end)) begin++;
    for (let t = begin + 1; t < end; t++) if (this.from[t] - this.to[t - 1] > 3) return;
    const kept = since === 1 ? { text: this.textOf(end), from: this.from[end], to: this.to[end] } : null;
    this.resolve(begin, this.from[begin], this.to[end - 1]);
    if (kept) this.putText(kept.text, kept.from, kept.to);
  }

  /** Whether letters one by one are a grave word. */
  private isGrave(begin: number, end: number): boolean {
    let joined = 0;
    for (let token = begin; token < end; token++)
      joined = (Math.imul(joined, FACTOR) + this.chars[this.first[token]]) | 0;
    return (oddnessOf(joined) & ODD.grave) !== 0;
  }

  /** What is counted is how many digits: 2020 is 0000. */
  private readNumber(from: number, to: number): void {
    this.settleSingles();
    const first = this.filled;
    if (!this.hasRoomFor(DIGITS_KEPT + 1)) return;
    let hash = 0;
    for (let at = from; at < to && this.filled - first < DIGITS_KEPT; at++) {
      const code = kindOf(this.text.codes[at]) === DIGIT ? ZERO : this.text.codes[at];
      this.chars[this.filled++] = code;
      hash = (Math.imul(hash, FACTOR) + code) | 0;
    }
    this.put(hash, first, this.text.from[from], this.text.to[to - 1]);
    this.flags[this.count - 1] |= FLAG.number;
  }

  private readMarks(from: number, to: number): void {
    const { codes } = this.text;
    // Of Markdown's emphasis and of hashtags nobody sees a mark.
    while (from < to && isEmphasis(codes[from])) from++;
    while (to > from && isEmphasis(codes[to - 1])) to--;
    if (from === to) return;
    const afterInitial = this.singles > 0;
    this.settleSingles();
    const first = this.filled;
    let hash = 0;
    let ends = false;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (code === QUOTE || (kindOf(code) === APOSTROPHE && this.isSingleQuote(at)))
        this.quoteFrom = this.quoteFrom >= 0 ? -1 : this.count + 1;
      if (code === COMMA) this.comma = true;
      if (code === EXCLAMATION) this.exclamations++;
      if (code === EXCLAMATION || code === DOT || code === QUESTION || code === ELLIPSIS) ends = true;
      if (at - from < MARKS_KEPT && this.hasRoomFor(MARKS_KEPT)) {
        this.chars[this.filled++] = code;
        hash = (Math.imul(hash, FACTOR) + code) | 0;
      }
    }
    // Not a sentence's end: the dots of initials and abbreviations.
    const isInitialsDot = afterInitial && to - from === 1 && codes[from] === DOT;
    if (ends && !isInitialsDot) this.sentenceNow++;
    if (this.filled > first && this.hasRoomFor(1))
      this.putMark(hash, first, this.text.from[from], this.text.to[to - 1], ends);
  }

  /** An apostrophe at a word's edge. */
  private isSingleQuote(at: number): boolean {
    const { codes } = this.text;
    const before = at > 0 ? codes[at - 1] : SPACE;
    const isOpening = before <= SPACE || before === PAREN;
    if (this.quoteFrom >= 0) return !isOpening;
    return isOpening && kindOf(codes[at + 1]) === LETTER;
  }
}
