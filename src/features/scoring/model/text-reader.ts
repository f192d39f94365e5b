import { foldChar } from '../lexicon/fold.js';
import { isHarmless, meant } from '../lexicon/lexicon.js';
import { readText } from '../lexicon/reading.js';
import { resolveWords } from '../lexicon/resolve.js';
import { BIT } from './classes.js';
import { emojiAt } from './emoji.js';
import { classesOf, FACTOR, hashWord, oddnessOf } from './word-table.js';

/** Longer texts are read up to here, in UTF-16 units: the work per comment has a bound that no text can raise. */
export const MAX_UNITS = 20_000;
const MAX_CHARS = 2 * MAX_UNITS;

/** What is known of a token beside its word. */
export const FLAG = {
  mark: 1,
  quoted: 2,
  capitals: 4,
  name: 8,
  harmless: 16,
  afterComma: 32,
  number: 64,
  quoteMark: 128,
} as const;

// What an ASCII character is in a word.
const [LETTER, DIGIT, APOSTROPHE, SIGN, JOINT] = [1, 2, 3, 4, 5];
const KIND = new Uint8Array(128);
for (let code = 97; code < 123; code++) KIND[code] = LETTER;
for (let code = 48; code < 58; code++) KIND[code] = DIGIT;
KIND[39] = APOSTROPHE;
for (const sign of '@$!|+(*#%&^~') KIND[sign.charCodeAt(0)] = SIGN;
for (const joint of '.-_/\\,:=') KIND[joint.charCodeAt(0)] = JOINT;
const ZERO = 48;
const SPACE = 32;
const LETTERS = /[\p{L}\p{M}\p{N}]/u;
const kindOf = (code: number): number =>
  code < 128 ? KIND[code] : LETTERS.test(String.fromCharCode(code)) ? LETTER : 0;

/** What stands for a character outside ASCII that news comments are full of; 0: look it up. */
function plainSign(code: number): number {
  switch (code) {
    case 0x2018: case 0x2019: case 0x00b4: return 39;
    case 0x201c: case 0x201d: case 0x00ab: case 0x00bb: case 0x201e: return 34;
    case 0x2013: case 0x2014: case 0x2010: case 0x2011: return 45;
    case 0x00a0: case 0x202f: case 0x2009: return SPACE;
    default: return 0;
  }
} // prettier-ignore

/**
 * A text as the model reads it: words in plain spelling whatever their disguise, marks, and where each stood.
 * One reader serves a whole process: its arrays are filled anew by every `read`, which is never interrupted.
 */
export class TextReader {
  /** How many tokens the last text has. */
  count = 0;
  readonly hash = new Int32Array(MAX_CHARS);
  readonly classes = new Int32Array(MAX_CHARS);
  readonly flags = new Uint8Array(MAX_CHARS);
  readonly sentence = new Int32Array(MAX_CHARS);
  /** UTF-16 offsets into the text that was read. */
  readonly from = new Int32Array(MAX_CHARS);
  readonly to = new Int32Array(MAX_CHARS);
  /** Where the token's letters stand in `chars`; each has a space on either side. */
  readonly first = new Int32Array(MAX_CHARS);
  readonly last = new Int32Array(MAX_CHARS);
  readonly chars = new Uint16Array(4 * MAX_CHARS);
  /** Facts of the whole text. */
  urls = 0;
  mentions = 0;
  emoji = 0;
  capitals = 0;
  words = 0;
  exclamations = 0;

  private filled = 0;
  private raw = '';
  private sentenceNow = 0;
  private quoteFrom = -1;
  private singles = 0;
  private comma = false;
  // The text with its characters folded, and where each stood.
  private readonly folded = new Uint16Array(MAX_CHARS);
  private readonly foldedFrom = new Int32Array(MAX_CHARS);
  private readonly foldedTo = new Int32Array(MAX_CHARS);

  read(text: string): this {
    this.raw = text.length > MAX_UNITS ? text.slice(0, MAX_UNITS) : text;
    this.count = this.filled = this.sentenceNow = this.singles = 0;
    this.urls = this.mentions = this.emoji = this.capitals = this.words = this.exclamations = 0;
    this.quoteFrom = -1;
    this.comma = false;
    this.chars[this.filled++] = SPACE;
    const length = this.fold();
    for (let at = 0; at < length;) {
      const code = this.folded[at];
      if (code <= SPACE) {
        if (code === 10) this.endSentence();
        at++;
        continue;
      }
      if (code === 1) {
        at = this.readEmoji(at);
        continue;
      }
      let stop = at + 1;
      while (stop < length && this.folded[stop] > SPACE) stop++;
      this.readChunk(at, stop);
      at = stop;
    }
    this.settleSingles();
    if (this.quoteFrom >= 0) for (let t = this.quoteFrom; t < this.count; t++) this.flags[t] &= ~FLAG.quoted;
    this.markHarmless();
    return this;
  }

  /** The token's letters, for explanations and the rare word that needs its text. */
  textOf(token: number): string {
    return String.fromCharCode(...this.chars.subarray(this.first[token], this.last[token]));
  }

  /** Emoji become the code 1 here and are read from the text itself. */
  private fold(): number {
    const { raw, folded, foldedFrom, foldedTo } = this;
    let length = 0;
    const put = (code: number, from: number, to: number): void => {
      if (length >= MAX_CHARS) return;
      folded[length] = code;
      foldedFrom[length] = from;
      foldedTo[length++] = to;
    };
    for (let at = 0; at < raw.length;) {
      const code = raw.charCodeAt(at);
      if (code < 128) {
        put(code >= 65 && code <= 90 ? code + 32 : code < SPACE && code !== 10 ? SPACE : code, at, ++at);
        continue;
      }
      const sign = plainSign(code);
      if (sign !== 0) {
        put(sign, at, ++at);
        continue;
      }
      const found = code >= 0x2190 ? emojiAt(raw, at) : null;
      if (found) {
        put(1, at, at + found.length);
        at += found.length;
        continue;
      }
      const char = String.fromCodePoint(raw.codePointAt(at)!);
      if (/\s/.test(char)) put(SPACE, at, at + char.length);
      else {
        const plain = foldChar(char);
        for (let i = 0; i < plain.length; i++)
          put(plain.charCodeAt(i) === 1 ? SPACE : plain.charCodeAt(i), at, at + char.length);
      }
      at += char.length;
    }
    return length;
  }

  private readEmoji(at: number): number {
    const { word } = emojiAt(this.raw, this.foldedFrom[at]) ?? { word: 'emoji' };
    this.settleSingles();
    this.emoji++;
    for (const part of word.split(' ')) this.emitText(part, this.foldedFrom[at], this.foldedTo[at]);
    return at + 1;
  }

  private readChunk(begin: number, stop: number): void {
    const { folded } = this;
    let from = begin;
    let to = stop;
    while (from < to) {
      const code = folded[from];
      const kind = kindOf(code);
      if (
        kind === LETTER ||
        kind === DIGIT ||
        ((code === 64 || code === 36) && from + 1 < to && kindOf(folded[from + 1]) === LETTER)
      )
        break;
      from++;
    }
    let masks = 0;
    while (to > from) {
      const code = folded[to - 1];
      const kind = kindOf(code);
      if (
        kind === LETTER ||
        kind === DIGIT ||
        (code === 36 && to - 2 >= from && kindOf(folded[to - 2]) === LETTER)
      )
        break;
      if (code === 42 || code === 45 || code === 95 || code === 35) masks++;
      to--;
    }
    if (from > begin) this.readMarks(begin, from);
    if (from === to) return;
    if (masks >= 2 && from === begin && to - from <= 3) {
      this.readSlow(begin, stop);
      return;
    }
    this.readCore(from, to);
    if (to < stop) this.readMarks(to, stop);
  }

  private readCore(from: number, to: number): void {
    const { folded } = this;
    let letters = 0;
    let digits = 0;
    let signs = 0;
    let joints = 0;
    let foreign = 0;
    for (let at = from; at < to; at++) {
      const code = folded[at];
      if (code > 127) foreign++;
      switch (kindOf(code)) {
        case LETTER: letters++; break;
        case DIGIT: digits++; break;
        case APOSTROPHE: break;
        case JOINT: joints++; break;
        default: signs++;
      }
    } // prettier-ignore
    if (foreign > 0 || this.hasOddCapitals(from, to)) {
      if (foreign === letters && digits + signs + joints === 0) this.emit(from, to);
      else this.readSlow(from, to);
    } else if (this.isUrl(from, to)) this.readUrl(from, to);
    else if (letters === 0) this.emitNumber(from, to);
    else if (digits + signs + joints === 0) this.readWord(from, to);
    else if (digits === 0 && signs === 0 && !this.isJoinedOdd(from, to)) {
      let start = from;
      for (let at = from; at <= to; at++) {
        if (at < to && KIND[folded[at]] !== JOINT) continue;
        if (at > start) this.readWord(start, at);
        if (at < to && (folded[at] === 46 || folded[at] === 44)) this.readMarks(at, at + 1);
        start = at + 1;
      }
    } else this.readSlow(from, to);
  }

  /** A capital that is no Latin letter may look like another letter than its small one. */
  private hasOddCapitals(from: number, to: number): boolean {
    const start = this.foldedFrom[from];
    const stop = this.foldedTo[to - 1];
    if (stop - start === to - from) {
      let ascii = true;
      for (let at = start; at < stop && ascii; at++)
        ascii = this.raw.charCodeAt(at) < 128 || plainSign(this.raw.charCodeAt(at)) > 0;
      if (ascii) return false;
    }
    return /(?![A-Z])\p{Lu}/u.test(this.raw.slice(start, stop));
  }

  private isUrl(from: number, to: number): boolean {
    const { folded } = this;
    if (folded[from] === 104 && folded[from + 1] === 116 && folded[from + 2] === 116)
      return (
        to - from > 6 &&
        folded[from + 4] !== SPACE &&
        /^https?:/.test(this.slice(from, Math.min(to, from + 7)))
      );
    return (
      folded[from] === 119 && folded[from + 1] === 119 && folded[from + 2] === 119 && folded[from + 3] === 46
    );
  }

  private slice(from: number, to: number): string {
    return String.fromCharCode(...this.folded.subarray(from, to));
  }

  private readUrl(from: number, to: number): void {
    this.settleSingles();
    this.urls++;
    const [start, stop] = [this.foldedFrom[from], this.foldedTo[to - 1]];
    this.emitText('httpurl', start, stop);
    const host =
      /^(?:https?:\/\/)?(?:www\.)?([a-z0-9.-]{1,80})/.exec(this.slice(from, Math.min(to, from + 100)))?.[1] ??
      '';
    for (const label of host.split('.').slice(-3))
      if (label.length > 1) this.emitText(`${label.slice(0, 20)}.`, start, stop);
  }

  /** f.u.c.k, ni-gger: held apart by joints, or single letters among them. */
  private isJoinedOdd(from: number, to: number): boolean {
    const { folded } = this;
    let joined = 0;
    let run = 0;
    let single = 0;
    for (let at = from; at <= to; at++) {
      if (at < to && KIND[folded[at]] !== JOINT) {
        joined = (Math.imul(joined, FACTOR) + folded[at]) | 0;
        run++;
        continue;
      }
      if (run === 1) single++;
      run = 0;
    }
    return single >= 2 || (to - from <= 24 && (oddnessOf(joined) & 2) !== 0);
  }

  private readWord(from: number, to: number): void {
    const { folded } = this;
    let hash = 0;
    let squeezed = 0;
    let length = 0;
    let longest = 1;
    let run = 0;
    let before = 0;
    for (let at = from; at < to; at++) {
      const code = folded[at];
      if (code === 39) continue;
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
    if (longest > 1 && classesOf(hash) === 0 && (oddnessOf(squeezed) & 4) !== 0) {
      this.readSlow(from, to);
      return;
    }
    if (longest > 2) {
      this.emitText(
        unstretch(this.slice(from, to).replaceAll("'", '')),
        this.foldedFrom[from],
        this.foldedTo[to - 1],
      );
      return;
    }
    const odd = oddnessOf(hash);
    if (odd & 1) {
      const word = meant.get(this.slice(from, to).replaceAll("'", ''));
      if (word !== undefined) {
        this.emitText(word, this.foldedFrom[from], this.foldedTo[to - 1]);
        return;
      }
    }
    this.emit(from, to, hash);
    this.joinPair();
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
    if ((oddnessOf(joined) & 2) === 0) return;
    this.resolve(left, this.from[left], this.to[right]);
  }

  private readSlow(from: number, to: number): void {
    this.settleSingles();
    this.resolve(this.count, this.foldedFrom[from], this.foldedTo[to - 1]);
  }

  /** The slow way, for what is disguised: a stretch of the text is read again by the lexicon. */
  private resolve(token: number, start: number, stop: number): void {
    this.rewind(token);
    const part = this.raw.slice(start, stop);
    const words = resolveWords(readText(part));
    const known = words.some(({ levels }) => levels !== null);
    if (part.startsWith('@') && !known) {
      this.mentions++;
      this.emitText('usermention', start, stop);
      return;
    }
    for (const word of words) {
      const text = word.levels ? word.text : word.text.replace(/\d/g, '0');
      if (text !== '') this.emitText(text, start + word.start, start + word.end);
    }
  }

  private rewind(token: number): void {
    if (token >= this.count) return;
    for (let t = token; t < this.count; t++) {
      this.words--;
      if (this.flags[t] & FLAG.capitals) this.capitals--;
    }
    this.filled = this.first[token];
    this.count = token;
    this.singles = 0;
  }

  private emitText(word: string, start: number, stop: number): void {
    this.settleSingles();
    const first = this.filled;
    if (first + word.length + 1 >= this.chars.length || this.count >= MAX_CHARS - 1) return;
    const plain = unstretch(word.replaceAll("'", ''));
    for (let i = 0; i < plain.length; i++) this.chars[this.filled++] = plain.charCodeAt(i);
    this.put(hashWord(plain), first, start, stop);
  }

  private emit(from: number, to: number, known?: number): void {
    const first = this.filled;
    if (first + to - from + 1 >= this.chars.length || this.count >= MAX_CHARS - 1) return;
    let hash = 0;
    for (let at = from; at < to; at++) {
      const code = this.folded[at];
      if (code === 39) continue;
      this.chars[this.filled++] = code;
      if (known === undefined) hash = (Math.imul(hash, FACTOR) + code) | 0;
    }
    this.put(known ?? hash, first, this.foldedFrom[from], this.foldedTo[to - 1]);
    if (this.filled - first === 2 && KIND[this.chars[first]] === LETTER) {
      this.singles++;
    } else if (this.singles > 0) this.settleSingles(1);
  }

  private put(hash: number, first: number, start: number, stop: number): void {
    const token = this.count++;
    this.first[token] = first;
    this.last[token] = this.filled;
    this.chars[this.filled++] = SPACE;
    this.hash[token] = hash;
    this.classes[token] = classesOf(hash);
    this.from[token] = start;
    this.to[token] = stop;
    this.sentence[token] = this.sentenceNow;
    let flags = this.quoteFrom >= 0 ? FLAG.quoted : 0;
    const head = this.raw.charCodeAt(start);
    if (head >= 65 && head <= 90) {
      const next = this.raw.charCodeAt(start + 1);
      if (next >= 65 && next <= 90) {
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

  /** Letters one by one, "i d i o t": put together when the last of them has passed. */
  private settleSingles(since = 0): void {
    const { singles } = this;
    this.singles = 0;
    if (singles < 3) return;
    const end = this.count - since;
    const begin = end - singles;
    for (let t = begin + 1; t < end; t++) if (this.from[t] - this.to[t - 1] > 3) return;
    const kept = since === 1 ? { text: this.textOf(end), from: this.from[end], to: this.to[end] } : null;
    this.resolve(begin, this.from[begin], this.to[end - 1]);
    if (kept) this.emitText(kept.text, kept.from, kept.to);
  }

  private emitNumber(from: number, to: number): void {
    this.settleSingles();
    const first = this.filled;
    if (first + 8 >= this.chars.length || this.count >= MAX_CHARS - 1) return;
    // What is counted is how many digits: 2020 is 0000.
    let hash = 0;
    for (let at = from; at < to && this.filled - first < 7; at++) {
      const code = KIND[this.folded[at]] === DIGIT ? ZERO : this.folded[at];
      this.chars[this.filled++] = code;
      hash = (Math.imul(hash, FACTOR) + code) | 0;
    }
    this.put(hash, first, this.foldedFrom[from], this.foldedTo[to - 1]);
    this.flags[this.count - 1] |= FLAG.number;
  }

  private endSentence(): void {
    this.sentenceNow++;
  }

  private readMarks(from: number, to: number): void {
    const { folded } = this;
    const afterInitial = this.singles > 0;
    this.settleSingles();
    const first = this.filled;
    let hash = 0;
    let ends = false;
    let dots = 0;
    for (let at = from; at < to; at++) {
      const code = folded[at];
      if (code === 34 || (code === 39 && this.isSingleQuote(at))) {
        if (this.quoteFrom >= 0) this.quoteFrom = -1;
        else this.quoteFrom = this.count + 1;
      }
      if (code === 44) this.comma = true;
      if (code === 46) dots++;
      if (code === 33) this.exclamations++;
      if (code === 33 || code === 46 || code === 63 || code === 0x2026) ends = true;
      if (at - from < 3 && first + 8 < this.chars.length) {
        this.chars[this.filled++] = code;
        hash = (Math.imul(hash, FACTOR) + code) | 0;
      }
    }
    // Not a sentence's end: the dots of initials and abbreviations.
    if (ends && !(dots === 1 && to - from === 1 && afterInitial)) this.endSentence();
    if (this.filled === first || this.count >= MAX_CHARS - 1) return;
    const { comma } = this;
    this.put(hash | 1, first, this.foldedFrom[from], this.foldedTo[to - 1]);
    this.words--;
    const token = this.count - 1;
    if (this.flags[token] & FLAG.capitals) this.capitals--;
    this.flags[token] = FLAG.mark;
    this.classes[token] = 0;
    this.sentence[token] = Math.max(0, this.sentenceNow - (ends ? 1 : 0));
    this.comma = comma;
  }

  /** An apostrophe at a word's edge. */
  private isSingleQuote(at: number): boolean {
    const before = at > 0 ? this.folded[at - 1] : SPACE;
    const isOpening = before <= SPACE || before === 40;
    if (this.quoteFrom >= 0) return !isOpening;
    return isOpening && kindOf(this.folded[at + 1]) === LETTER;
  }

  private markHarmless(): void {
    const grave =
      BIT.slur |
      BIT.insult |
      BIT.swearing |
      BIT.sexual |
      BIT.dehumanising |
      BIT.belittling |
      BIT.mildSwearing;
    for (let token = 0; token < this.count; token++) {
      if ((this.classes[token] & grave) === 0) continue;
      const near = (step: number): string | undefined =>
        token + step >= 0 && token + step < this.count && (this.flags[token + step] & FLAG.mark) === 0
          ? this.textOf(token + step)
          : undefined;
      if (!isHarmless(this.textOf(token), near(-1), near(1))) continue;
      this.classes[token] = 0;
      this.flags[token] |= FLAG.harmless;
    }
  }
}

/** Three times the same letter and more: twice within a word where English doubles it, else once. */
function unstretch(word: string): string {
  return word.replace(/(.)\1{2,}/gu, (run: string, letter: string, at: number) =>
    (letter === 'o' || letter === 'e') && at > 0 && at + run.length < word.length ? letter + letter : letter,
  );
}
