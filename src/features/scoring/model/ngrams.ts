import { FLAG, type TextReader } from './text-reader.js';

/** Words and pairs of words, and runs of 2 to 5 letters, each hashed into so many buckets. */
export const WORD_BUCKETS = 1 << 18;
export const CHAR_BUCKETS = 1 << 18;
export const BUCKETS = WORD_BUCKETS + CHAR_BUCKETS;
const SHORTEST = 2;
const LONGEST = 5;
const HOMONYM = 0x5bd1e995;

const mix = (hash: number): number => {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 14;
};

/** The n-grams of one text, each bucket once; filled anew by every `collect`. */
export class Ngrams {
  /** How many of `buckets` are words, and how many there are with the letters, which follow. */
  words = 0;
  count = 0;
  readonly buckets: Int32Array;
  /** The token that each stands in; a pair's second. */
  readonly tokens: Int32Array;
  private readonly seen = new Uint16Array(BUCKETS);
  private round = 0;

  constructor(capacity = 400_000) {
    this.buckets = new Int32Array(capacity);
    this.tokens = new Int32Array(capacity);
  }

  collect(text: TextReader): this {
    if (++this.round === 0x10000) {
      this.seen.fill(0);
      this.round = 1;
    }
    this.count = 0;
    this.collectWords(text);
    this.words = this.count;
    this.collectLetters(text);
    return this;
  }

  private collectWords({ count, hash, flags, sentence }: TextReader): void {
    const { seen, buckets, tokens, round } = this;
    const most = buckets.length - 2;
    let before = 0;
    let sentenceBefore = -1;
    for (let token = 0; token < count && this.count < most; token++) {
      const word = (flags[token] & FLAG.harmless) !== 0 ? HOMONYM : hash[token];
      const single = mix(word);
      if (seen[single] !== round) {
        seen[single] = round;
        buckets[this.count] = single;
        tokens[this.count++] = token;
      }
      if ((flags[token] & FLAG.mark) !== 0) continue;
      const pair = mix((Math.imul(sentence[token] === sentenceBefore ? before : 1, 0x9e3779b1) + word) | 0);
      before = word;
      sentenceBefore = sentence[token];
      if (seen[pair] === round) continue;
      seen[pair] = round;
      buckets[this.count] = pair;
      tokens[this.count++] = token;
    }
  }

  private collectLetters({ count, chars, first, last, flags }: TextReader): void {
    const { seen, buckets, tokens, round } = this;
    const most = buckets.length - LONGEST;
    let filled = this.count;
    for (let token = 0; token < count; token++) {
      if ((flags[token] & FLAG.harmless) !== 0) continue;
      const stop = last[token] + 1;
      for (let begin = first[token] - 1; begin < stop - 1 && filled < most; begin++) {
        let hash = chars[begin];
        const end = Math.min(stop, begin + LONGEST);
        for (let at = begin + 1; at < end; at++) {
          hash = (Math.imul(hash, 0x01000193) + chars[at] + 0x3f) | 0;
          if (at - begin + 1 < SHORTEST) continue;
          const bucket = WORD_BUCKETS + mix(hash);
          if (seen[bucket] === round) continue;
          seen[bucket] = round;
          buckets[filled] = bucket;
          tokens[filled++] = token;
        }
      }
    }
    this.count = filled;
  }
}
