import { isTurned } from '../lexicon/fold.js';
import { intendedWords } from '../lexicon/lexicon.js';
import { resolvedOf } from '../lexicon/resolved-parts.js';
import { firstPieceOfSplitWord } from './split-words.js';
import { APOSTROPHE, kindOf, LETTER } from './characters.js';
import { SingleLetters } from './single-letters.js';
import { FLAG } from './tokens.js';
import { cutBetween, cutsWithin, isLikeUpright, unstretch } from './word-shapes.js';
import {
  classesOf,
  FACTOR,
  EXAMINE_REASON,
  examineReasonsOf,
  wordForTypo,
  wordForLookalikeHash,
} from './word-table.js';

const [SMALL_I, SMALL_L] = [105, 108];
// Minimum length of a word that may be a typo, and of one that may be two words joined.
const SHORTEST_TYPO = 4;
const SHORTEST_JOINED = 7;

/**
 * Reads one word at a time and restores its plain spelling: stretched, misspelt, run together, split, or disguised.
 */
export class WordReader extends SingleLetters {
  /** Number of upside-down words. */
  protected reversedWords = 0;

  protected readWord(from: number, to: number): void {
    const { codes } = this.text;
    let hash = 0;
    let squeezed = 0;
    let length = 0;
    let longest = 1;
    let run = 0;
    let before = 0;
    let lookalikeHash = 0;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (kindOf(code) === APOSTROPHE) continue;
      hash = (Math.imul(hash, FACTOR) + code) | 0;
      lookalikeHash = (Math.imul(lookalikeHash, FACTOR) + (code === SMALL_I ? SMALL_L : code)) | 0;
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
    const hasClass = classesOf(hash) !== 0;
    if (longest > 1 && !hasClass && (examineReasonsOf(squeezed) & EXAMINE_REASON.squeezed) !== 0)
      this.readSlow(from, to);
    else if (longest > 2)
      this.putAs(this.lookalikeWord(lookalikeHash, from, to) || unstretch(this.plain(from, to)), from, to);
    else if (!this.readMisspelt(from, to, hash, lookalikeHash, length, hasClass)) {
      this.putWord(from, to, hash);
      this.joinPair();
    }
  }

  /** @returns whether the word was an alternative spelling, a typo, or two words joined */
  private readMisspelt(
    from: number,
    to: number,
    hash: number,
    lookalikeHash: number,
    length: number,
    hasClass: boolean,
  ): boolean {
    const reasons = examineReasonsOf(hash);
    if (reasons & EXAMINE_REASON.spelling) {
      const word = intendedWords.get(this.plain(from, to));
      if (word === undefined) return false;
      this.putAs(word, from, to);
      return true;
    }
    if (reasons !== 0 || hasClass || length < SHORTEST_TYPO) return false;
    const intendedWord = wordForTypo(hash) || this.lookalikeWord(lookalikeHash, from, to);
    if (intendedWord !== '') {
      this.putAs(intendedWord, from, to);
      return true;
    }
    if (length < SHORTEST_JOINED || length !== to - from) return false;
    const cut = cutBetween(this.text, from, to, hash);
    const cuts = cut > 0 ? [cut] : cutsWithin(this.text, from, to, hash);
    if (cuts.length === 0) return false;
    this.flushSingles();
    let start = from;
    for (const stop of [...cuts, to]) {
      this.putWord(start, stop);
      start = stop;
    }
    this.singles = 0;
    return true;
  }

  /** "ldlot": the intended word if `l` stands for `i`. */
  private lookalikeWord(lookalikeHash: number, from: number, to: number): string {
    const word = wordForLookalikeHash(lookalikeHash);
    return word !== '' && isLikeUpright(this.plain(from, to), word) ? word : '';
  }

  protected plain(from: number, to: number): string {
    return this.text.slice(from, to).replaceAll("'", '');
  }

  /** "fu ck": joins two neighbours that form a severe word. */
  private joinPair(): void {
    const right = this.count - 1;
    const left = right - 1;
    if (left < 0 || (this.flags[left] & FLAG.mark) !== 0) return;
    const [a, b] = [this.last[left] - this.first[left], this.last[right] - this.first[right]];
    if (a + b >= 4 && a + b <= 14 && (a <= 4 || b <= 4) && this.from[right] - this.to[left] <= 2) {
      let joined = this.hash[left];
      for (let i = 0; i < b; i++) joined = Math.imul(joined, FACTOR);
      joined = (joined + this.hash[right]) | 0;
      if ((examineReasonsOf(joined) & EXAMINE_REASON.severe) !== 0)
        return this.resolve(left, this.from[left], this.to[right]);
    }
    const piece = firstPieceOfSplitWord(this);
    if (piece >= 0) this.joinFrom(piece);
  }

  /** Joins a token and all after it to one word. */
  private joinFrom(token: number): void {
    const [start, stop] = [this.from[token], this.to[this.count - 1]];
    let word = '';
    for (let at = token; at < this.count; at++) word += this.textOf(at);
    this.isAfterComma = (this.flags[token] & FLAG.afterComma) !== 0;
    this.rewind(token);
    this.singles = 0;
    this.putText(word, start, stop);
  }

  protected readSlow(from: number, to: number): void {
    this.flushSingles();
    this.resolve(this.count, this.text.from[from], this.text.to[to - 1]);
  }

  /** The slow path for disguised words: the lexicon reads a stretch of the text again. */
  private resolve(token: number, start: number, stop: number): void {
    this.rewind(token);
    this.singles = 0;
    const part = this.raw.slice(start, stop);
    const words = resolvedOf(part);
    if (isTurned(part)) this.reversedWords++;
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

  protected putAs(word: string, from: number, to: number): void {
    this.flushSingles();
    this.putText(word, this.text.from[from], this.text.to[to - 1]);
  }

  protected putWord(from: number, to: number, knownHash?: number): void {
    const first = this.filled;
    if (!this.hasCapacityFor(to - from + 1)) return;
    const { codes } = this.text;
    let hash = 0;
    for (let at = from; at < to; at++) {
      const code = codes[at];
      if (kindOf(code) === APOSTROPHE) continue;
      this.chars[this.filled++] = code;
      if (knownHash === undefined) hash = (Math.imul(hash, FACTOR) + code) | 0;
    }
    const isSingle =
      this.filled - first === 1 && this.chars[first] < 128 && kindOf(this.chars[first]) === LETTER;
    this.put(knownHash ?? hash, first, this.text.from[from], this.text.to[to - 1]);
    if (isSingle) {
      this.countSingle();
    } else if (this.singles > 0) this.flushSingles(1);
  }
}
