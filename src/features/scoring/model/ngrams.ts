import { BIT } from './classes.js';
import { FLAG, MAX_TOKENS, type Tokens } from './tokens.js';

/** Number of hash buckets: for words, word pairs and patterns, and for runs of 3 to 5 letters. */
export const WORD_BUCKETS = 1 << 18;
export const CHAR_BUCKETS = 1 << 18;
export const BUCKETS = WORD_BUCKETS + CHAR_BUCKETS;
export const MIN_RUN_CHARS = 3;
export const MAX_RUN_CHARS = 5;

/**
 * The weight of one of `count` n-grams. Falls faster than one over the square root, because long texts repeat
 * themselves. Computed by square roots only, which give the same result on every processor and browser.
 */
export function ngramWeight(count: number): number {
  if (count === 0) return 0;
  const root = Math.sqrt(count);
  return 2 / (root * Math.sqrt(Math.sqrt(root)));
}

const mix = (hash: number): number => {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 14;
};

/** Extends the hash of a run of letters by one letter. */
export const nextLetterHash = (hash: number, letter: number): number =>
  (Math.imul(hash, 0x01000193) + letter + 0x3f) | 0;
export const letterBucket = (hash: number): number => WORD_BUCKETS + mix(hash);
const HOMONYM = 0x5bd1e995;

// Patterns are runs of two to four words in which targets and their predicates are replaced by their class: "no
// <group> deserves <death>" is one pattern, whichever the group.
const PATTERN_ANCHOR_BITS = BIT.group | BIT.nation | BIT.role | BIT.slur | BIT.genderedSlur;
const KINDS = [
  BIT.group, BIT.nation, BIT.slur, BIT.genderedSlur, BIT.role, BIT.you, BIT.they, BIT.dehumanising, BIT.kill, BIT.death, BIT.hate, BIT.insult, BIT.disparaging, BIT.out,
  BIT.swearing, BIT.good,
] as const; // prettier-ignore
const LONGEST_PATTERN = 4;

const kindOf = (bits: number, word: number): number => {
  for (let kind = 0; kind < KINDS.length; kind++) if ((bits & KINDS[kind]) !== 0) return 0x51ed270b + kind;
  return word;
};

// A set of the n-grams already seen in a text: as small as the text allows, so that it stays in the CPU cache.
const SMALLEST_TABLE = 1 << 10;
const LARGEST_TABLE = 1 << 17;
/** Further pairs and patterns of a text are ignored. */
const MAX_WORD_FEATURES = Math.floor(LARGEST_TABLE * 0.7);
const MAX_FEATURES = MAX_WORD_FEATURES + 4 * MAX_RUN_CHARS * MAX_TOKENS;

/**
 * The n-grams of one text; every `collect` replaces them. Each bucket of words occurs once, and the letters of each
 * word once.
 */
export class Ngrams {
  /** How many of `buckets` are words, and the total with the letters, which follow them. */
  words = 0;
  count = 0;
  readonly buckets = new Int32Array(MAX_FEATURES);
  /** The token of each n-gram; for a pair or pattern the last one. */
  readonly tokens = new Int32Array(MAX_FEATURES);
  /** The tokens whose letters count: the first occurrence of each word. */
  readonly fresh = new Int32Array(MAX_TOKENS);
  freshCount = 0;
  private readonly table = new Int32Array(LARGEST_TABLE);
  private mask = 0;
  private readonly kinds = new Int32Array(MAX_TOKENS);

  /** Collects words, pairs and patterns. */
  collect(text: Tokens): this {
    let size = SMALLEST_TABLE;
    while (size < text.count * 12 && size < LARGEST_TABLE) size *= 2;
    this.table.fill(0, 0, size);
    this.mask = size - 1;
    this.count = 0;
    this.freshCount = 0;
    this.collectWords(text);
    this.collectPatterns(text);
    this.words = this.count;
    return this;
  }

  /** Appends the letter n-grams to what `collect` found. */
  collectLetters({ chars, first, last }: Tokens): this {
    for (let i = 0; i < this.freshCount; i++) {
      const token = this.fresh[i];
      const stop = last[token] + 1;
      for (let begin = first[token] - 1; begin < stop - 1; begin++) {
        let hash = chars[begin];
        const end = Math.min(stop, begin + MAX_RUN_CHARS);
        for (let at = begin + 1; at < end && this.count < MAX_FEATURES; at++) {
          hash = nextLetterHash(hash, chars[at]);
          if (at - begin + 1 < MIN_RUN_CHARS) continue;
          this.buckets[this.count] = letterBucket(hash);
          this.tokens[this.count++] = token;
        }
      }
    }
    return this;
  }

  private add(bucket: number, token: number): boolean {
    const { table, mask } = this;
    const key = bucket + 1;
    let slot = bucket & mask;
    for (let occupant = table[slot]; occupant !== 0; occupant = table[slot]) {
      if (occupant === key) return false;
      slot = (slot + 1) & mask;
    }
    if (this.count >= MAX_WORD_FEATURES) return false;
    table[slot] = key;
    this.buckets[this.count] = bucket;
    this.tokens[this.count++] = token;
    return true;
  }

  private collectWords({ count, hash, flags, sentence, mitigation }: Tokens): void {
    let before = 0;
    let sentenceBefore = -1;
    for (let token = 0; token < count; token++) {
      const isItself = (flags[token] & FLAG.harmless) === 0 && mitigation[token] === 0;
      const word = isItself ? hash[token] : HOMONYM + mitigation[token];
      if (this.add(mix(word), token) && isItself) this.fresh[this.freshCount++] = token;
      // The word itself is still informative: a moronic policy is harsher than a silly one.
      if (mitigation[token] !== 0) this.add(mix((Math.imul(word, 0x9e3779b1) ^ hash[token]) | 0), token);
      if ((flags[token] & FLAG.mark) !== 0) continue;
      this.add(
        mix((Math.imul(sentence[token] === sentenceBefore ? before : 1, 0x9e3779b1) + word) | 0),
        token,
      );
      before = word;
      sentenceBefore = sentence[token];
    }
  }

  private collectPatterns({ count, hash, classes, flags, sentence }: Tokens): void {
    const { kinds } = this;
    let all = 0;
    for (let token = 0; token < count; token++) all |= classes[token];
    if ((all & PATTERN_ANCHOR_BITS) === 0) return;
    for (let token = 0; token < count; token++) kinds[token] = kindOf(classes[token], hash[token]);
    for (let begin = 0; begin < count - 1; begin++) {
      if ((flags[begin] & FLAG.mark) !== 0) continue;
      let pattern = begin === 0 || sentence[begin - 1] !== sentence[begin] ? 0x2545f491 : 0x27d4eb2f;
      pattern = (Math.imul(pattern, 0x01000193) + kinds[begin]) | 0;
      let hasAnchor = (classes[begin] & PATTERN_ANCHOR_BITS) !== 0;
      const end = Math.min(count, begin + LONGEST_PATTERN);
      for (let at = begin + 1; at < end && sentence[at] === sentence[begin]; at++) {
        pattern = (Math.imul(pattern, 0x01000193) + kinds[at]) | 0;
        hasAnchor ||= (classes[at] & PATTERN_ANCHOR_BITS) !== 0;
        if (hasAnchor) this.add(mix(pattern), at);
      }
    }
  }
}
