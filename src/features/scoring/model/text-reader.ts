import { isTurned } from '../lexicon/fold.js';
import {
  bareHostIn,
  hostOfUrl,
  isMailAddress,
  isUrl,
  isVideoPath,
  kindOfHost,
  LONGEST_ADDRESS,
} from './addresses.js';
import { findReversedWords, hintsAtReversedWords } from './reversed-words.js';
import { markMitigatedInsults } from './mitigated-insults.js';
import { APOSTROPHE, DIGIT, EMOJI, SEPARATOR, kindOf, LETTER, SPACE } from './characters.js';
import { emojiAt } from './emoji.js';
import { markHarmless } from './homonyms.js';
import { isOpening, isWordKind } from './single-letters.js';
import { FLAG, MAX_UNITS } from './tokens.js';
import { WordReader } from './word-reader.js';
import { hasSeparatedLetters } from './word-shapes.js';
import { FACTOR, EXAMINE_REASON, examineReasonsOf } from './word-table.js';

export { FLAG, MAX_UNITS } from './tokens.js';

const [QUOTE, HASH, DOLLAR, PAREN, ASTERISK, COMMA, DASH, DOT, ZERO, QUESTION, AT, UNDERSCORE] =
  [...'"#$(*,-.0?@_'].map((sign) => sign.charCodeAt(0)); // prettier-ignore
const SMALL_C = 99;
const EXCLAMATION = 33;
const BRACKET = 93;
const PIPE = 124;
// Three letters with two brackets between neighbours.
const SHORTEST_BRACKETED = 7;
const CLOSING = new Set([...')]}'].map((sign) => sign.charCodeAt(0)));
const ELLIPSIS = 0x2026;
// Maximum number of repeated marks and of a number's digits that are kept.
const MAX_REPEATED_MARKS = 3;
const MAX_DIGITS = 7;
const MAX_SIGNS = 3;
const AMOUNT = new Set([...'$£€'].map((sign) => sign.charCodeAt(0)));
const MIN_ORNAMENT_CHARS = 6;
const isSignOfLetter = (code: number): boolean =>
  code === AT || code === DOLLAR || code === EXCLAMATION || code === PIPE;
const isEmphasis = (code: number): boolean => code === ASTERISK || code === UNDERSCORE || code === HASH;

/**
 * Reads a text as the model sees it: words in plain spelling despite any disguise, marks, and their offsets. One
 * reader serves a whole process: every `read` overwrites its arrays and is never interrupted.
 */
export class TextReader extends WordReader {
  read(text: string): this {
    this.begin(text.length > MAX_UNITS ? text.slice(0, MAX_UNITS) : text);
    this.singles = this.reversedWords = 0;
    this.text.fold(this.raw);
    const { codes, length } = this.text;
    for (let at = 0; at < length;) {
      const code = codes[at];
      if (code === EMOJI) {
        at = this.readEmoji(at);
        continue;
      }
      if (code <= SPACE) {
        if (code === 10) this.currentSentence++;
        at++;
        continue;
      }
      let stop = at + 1;
      while (stop < length && codes[stop] > SPACE) stop++;
      this.readChunk(at, stop);
      at = stop;
    }
    this.flushSingles();
    // In an upside-down text the last word comes first.
    if (this.reversedWords > 1 && isTurned(this.raw)) this.reverse();
    // An unclosed quotation mark does not start a quotation.
    if (this.quoteFrom >= 0) for (let t = this.quoteFrom; t < this.count; t++) this.flags[t] &= ~FLAG.quoted;
    if (hintsAtReversedWords(this)) this.readBackwards();
    markHarmless(this);
    markMitigatedInsults(this);
    return this;
  }

  private readBackwards(): void {
    const reversed = findReversedWords(this);
    if (reversed === null) return;
    for (let token = 0, begin = 0; token <= reversed.length; token++) {
      if (reversed[token] === 1) {
        this.reverseToken(token);
        continue;
      }
      // A whole row of them was written backwards.
      if (token - begin > 1) this.reverseTokens(begin, token);
      begin = token + 1;
    }
  }

  private readEmoji(at: number): number {
    const { from, to } = this.text;
    const { word } = emojiAt(this.raw, from[at]) ?? { word: 'emoji' };
    if (!this.continuesAfter(at + 1)) this.flushSingles();
    this.emoji++;
    for (const part of word.split(' ')) this.putText(part, from[at], to[at]);
    return at + 1;
  }

  /** Reads the text between two spaces. For "[words](https://a.example)" reads the words, then the address. */
  private readChunk(begin: number, stop: number): void {
    const { codes } = this.text;
    let from = begin;
    for (let at = begin; at < stop - 1; at++) {
      if (codes[at] !== BRACKET || codes[at + 1] !== PAREN || isUrl(this.text, from, at)) continue;
      this.readPart(from, at);
      from = at + 2;
    }
    if (from < stop) this.readPart(from, stop);
  }

  /** Reads leading marks, a core and trailing marks. */
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
    if (from > begin && codes[from - 1] === PAREN && this.isSevereAfterC(from, to)) {
      this.readMarks(begin, from - 1);
      this.putAs(`c${this.plain(from, to)}`, from - 1, to);
      if (to < stop) this.readMarks(to, stop);
      return;
    }
    if (this.isEachInBrackets(begin, from, to, stop)) {
      if (from - 1 > begin) this.readMarks(begin, from - 1);
      this.readCore(from, to);
      if (to + 1 < stop) this.readMarks(to + 1, stop);
      return;
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

  /** "(i)(d)(i)(o)(t)": the outer brackets belong to letters too. */
  private isEachInBrackets(begin: number, from: number, to: number, stop: number): boolean {
    const { codes } = this.text;
    if (from === begin || to === stop || to - from < SHORTEST_BRACKETED) return false;
    return isOpening(codes[from - 1]) && CLOSING.has(codes[from + 1]) && isOpening(codes[from + 2]);
  }

  /**
   * A symbol that replaces a word's first letter, with at most one more after it: "@ss", "$hit", "!diot", "@$$hole".
   */
  private isMaskedInitial(at: number, stop: number): boolean {
    const { codes } = this.text;
    let letter = at;
    while (letter < stop && letter < at + MAX_SIGNS && isSignOfLetter(codes[letter])) letter++;
    const isShouted = letter > at + 1 && codes[letter - 1] === EXCLAMATION;
    return letter > at && letter < stop && kindOf(codes[letter]) === LETTER && !isShouted;
  }

  /** "(unt" */
  private isSevereAfterC(from: number, to: number): boolean {
    let hash = SMALL_C;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, FACTOR) + this.text.codes[at]) | 0;
    return (examineReasonsOf(hash) & EXAMINE_REASON.severe) !== 0;
  }

  private readCore(from: number, to: number): void {
    const { codes } = this.text;
    let letters = 0;
    let digits = 0;
    let signs = 0;
    let separators = 0;
    let foreign = 0;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (code > 127) foreign++;
      switch (kindOf(code)) {
        case LETTER: letters++; break;
        case DIGIT: digits++; break;
        case APOSTROPHE: break;
        case SEPARATOR: separators++; break;
        default: signs++;
      }
    } // prettier-ignore
    if (foreign > 0 || this.text.hasUnusualLetter(from, to)) {
      if (foreign === letters && digits + signs + separators === 0) this.putWord(from, to);
      else this.readSlow(from, to);
    } else if (isUrl(this.text, from, to)) this.readUrl(from, to);
    else if (letters === 0) this.readNumber(from, to);
    else if (digits + signs + separators === 0) this.readWord(from, to);
    else {
      if (separators > 0) this.countAddress(from, to);
      if (digits === 0 && signs === 0 && !hasSeparatedLetters(this.text, from, to)) this.readJoined(from, to);
      else this.readSlow(from, to);
    }
  }

  /** "and/or", "well-known" */
  private readJoined(from: number, to: number): void {
    const { codes } = this.text;
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && kindOf(codes[at]) !== SEPARATOR) continue;
      if (at > start) this.readWord(start, at);
      if (at < to && (codes[at] === DOT || codes[at] === COMMA)) this.readMarks(at, at + 1);
      start = at + 1;
    }
  }

  /** "murdev.com", "bit.ly/x", "jane@mail.example": read as ordinary words, and counted. */
  private countAddress(from: number, to: number): void {
    const text = this.text.slice(from, Math.min(to, from + LONGEST_ADDRESS));
    if (isMailAddress(text)) this.mails++;
    else if (isVideoPath(text)) {
      this.bareLinks++;
      this.videoLinks++;
      this.urlAt = this.count;
    } else this.countLink(bareHostIn(text), true);
  }

  private countLink(host: string | undefined, isBare: boolean): void {
    if (host === undefined) return;
    if (isBare) this.bareLinks++;
    this.urlAt = this.count;
    const kind = kindOfHost(host);
    if (kind === 'shortener') this.shortLinks++;
    else if (kind === 'video') this.videoLinks++;
  }

  private readUrl(from: number, to: number): void {
    this.flushSingles();
    this.urls++;
    const [start, stop] = [this.text.from[from], this.text.to[to - 1]];
    this.putText('httpurl', start, stop);
    const host = hostOfUrl(this.text.slice(from, Math.min(to, from + LONGEST_ADDRESS)));
    this.countLink(host, false);
    for (const label of host.split('.').slice(-3))
      if (label.length > 1) this.putText(`${label.slice(0, 20)}.`, start, stop);
  }

  /** Only the number of digits matters: 2020 is read as 0000. */
  private readNumber(from: number, to: number): void {
    this.flushSingles();
    const first = this.filled;
    if (!this.hasCapacityFor(MAX_DIGITS + 1)) return;
    let hash = 0;
    for (let at = from; at < to && this.filled - first < MAX_DIGITS; at++) {
      const code = kindOf(this.text.codes[at]) === DIGIT ? ZERO : this.text.codes[at];
      this.chars[this.filled++] = code;
      hash = (Math.imul(hash, FACTOR) + code) | 0;
    }
    this.put(hash, first, this.text.from[from], this.text.to[to - 1]);
    this.flags[this.count - 1] |= FLAG.number;
    if (AMOUNT.has(this.raw.charCodeAt(this.text.from[from] - 1))) this.amounts++;
  }

  private readMarks(from: number, to: number): void {
    const { codes } = this.text;
    // The marks of Markdown emphasis and hashtags are not displayed.
    while (from < to && isEmphasis(codes[from])) from++;
    while (to > from && isEmphasis(codes[to - 1])) to--;
    if (from === to) return;
    const afterInitial = this.singles > 0;
    if (!this.continuesAfter(to) && this.flushSingles() && CLOSING.has(codes[from]) && ++from === to) return;
    const first = this.filled;
    let hash = 0;
    let ends = false;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (code === QUOTE || (kindOf(code) === APOSTROPHE && this.isSingleQuote(at)))
        this.quoteFrom = this.quoteFrom >= 0 ? -1 : this.count + 1;
      if (code === COMMA) this.isAfterComma = true;
      if (code === EXCLAMATION) this.exclamations++;
      if (code === EXCLAMATION || code === DOT || code === QUESTION || code === ELLIPSIS) ends = true;
      if (at - from < MAX_REPEATED_MARKS && this.hasCapacityFor(MAX_REPEATED_MARKS)) {
        this.chars[this.filled++] = code;
        hash = (Math.imul(hash, FACTOR) + code) | 0;
      }
    }
    if (to - from >= MIN_ORNAMENT_CHARS && codes[from] === codes[from + 1] && codes[from] > 127)
      this.ornaments++;
    // The dots of initials and abbreviations do not end a sentence.
    const isInitialsDot = afterInitial && to - from === 1 && codes[from] === DOT;
    if (ends && !isInitialsDot) this.currentSentence++;
    if (this.filled > first && this.hasCapacityFor(1))
      this.putMark(hash, first, this.text.from[from], this.text.to[to - 1], ends);
  }

  /** Whether an apostrophe is at a word's edge. */
  private isSingleQuote(at: number): boolean {
    const { codes } = this.text;
    const before = at > 0 ? codes[at - 1] : SPACE;
    const isOpening = before <= SPACE || before === PAREN;
    if (this.quoteFrom >= 0) return !isOpening;
    return isOpening && kindOf(codes[at + 1]) === LETTER;
  }
}
