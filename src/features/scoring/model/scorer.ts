import { BIT } from './classes.js';
import { Clauses, featureName } from './clauses.js';
import { sigmoid } from '../scores.js';
import { MODEL_LABELS, type ModelLabel } from './labels.js';
import { stepsOf, type Model } from './model-file.js';
import {
  BUCKETS,
  letterBucket,
  MAX_RUN_CHARS,
  nextLetterHash,
  Ngrams,
  MIN_RUN_CHARS,
  ngramWeight,
} from './ngrams.js';
import { isStopWord } from './stop-words.js';
import { FLAG, TextReader } from './text-reader.js';

const LABELS = MODEL_LABELS.length;

const SPAM = MODEL_LABELS.indexOf('spam');

// Number of words whose letter sums are cached; each has a sum per label and the number of its letter runs.
const CACHED_WORDS = 1 << 14;
const STRIDE = LABELS + 1;
// Padded to one more than the number of labels, so that no bucket's weights span two cache lines.
const PADDED_LABELS = 8;

/** The largest share that one word, with its pairs and its letters, can have in a label's logit, per label. */
export type ShareLimits = Readonly<Partial<Record<ModelLabel, number>>>;

/*
 * No single ordinary word decides: "subscriber" alone had a share of 16.8 in the logit of spam. Words that are abusive
 * by themselves are not limited, because for toxicity one of them is enough.
 */
const SHARE_LIMITS: ShareLimits = { toxicity: 2.5, spam: 2.5 };
const ABUSIVE = BIT.insult | BIT.belittling | BIT.slur | BIT.genderedSlur | BIT.swearing | BIT.sexual;

/** The shares of the words of one text in one label. */
class LimitedLabel {
  readonly words: Int32Array;
  readonly letters: Int32Array;
  readonly clauses: Float64Array;

  constructor(
    /** An index into `MODEL_LABELS`. */
    readonly label: number,
    readonly max: number,
    tokens: number,
  ) {
    this.words = new Int32Array(tokens);
    this.letters = new Int32Array(tokens);
    this.clauses = new Float64Array(tokens);
  }

  clear(tokens: number): void {
    this.words.fill(0, 0, tokens);
    this.letters.fill(0, 0, tokens);
    this.clauses.fill(0, 0, tokens);
  }
}

/** The file's weights in steps, `[bucket * PADDED_LABELS + label]`. */
function inSteps(bytes: Int8Array): Int16Array {
  const steps = new Int16Array(BUCKETS * PADDED_LABELS);
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    for (let label = 0; label < LABELS; label++)
      steps[bucket * PADDED_LABELS + label] = stepsOf(bytes[bucket * LABELS + label]);
  return steps;
}

/** Anything that gives a probability for every label, in the order of `MODEL_LABELS`. The next call may overwrite it. */
export interface TextClassifier {
  probabilities(text: string): Float64Array;
}

/** A stretch of the text and its contribution to the logit. */
export interface Share {
  /** UTF-16 offsets into the text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly share: number;
  /** Features found there besides the letters, e.g. `dehumanising>group`; usually empty. */
  readonly features: readonly string[];
}

export interface Explanation {
  /** Before the sigmoid; the sum of `rest` and all shares. */
  readonly logit: number;
  /** The label's base value for any text. */
  readonly rest: number;
  /** In the order of the text. */
  readonly shares: readonly Share[];
}

/** Applies a model. Its arrays are reused for every text: one scorer serves a process, one text at a time. */
export class Scorer implements TextClassifier {
  private readonly reader = new TextReader();
  private readonly ngrams = new Ngrams();
  private readonly clauses = new Clauses();
  private readonly sums = new Float64Array(LABELS);
  private readonly letterSums = new Float64Array(LABELS);
  private readonly cachedSums = new Int32Array(CACHED_WORDS * STRIDE);
  private readonly cacheKeys = new Int32Array(CACHED_WORDS * 2);
  private readonly shareOf = new Float64Array(this.reader.hash.length);

  private readonly steps: Int16Array;
  private readonly limited: readonly LimitedLabel[];

  /** @param limits others than the default only for measurements */
  constructor(
    readonly model: Model,
    limits: ShareLimits = SHARE_LIMITS,
  ) {
    this.steps = inSteps(model.weights);
    this.limited = MODEL_LABELS.flatMap((name, label) => {
      const max = limits[name];
      return max === undefined ? [] : [new LimitedLabel(label, max, this.shareOf.length)];
    });
  }

  /**
   * The probability of every label, in the order of `MODEL_LABELS`.
   *
   * @param text any text, read up to `MAX_UNITS`
   * @returns an array that the next call overwrites
   */
  probabilities(text: string): Float64Array {
    const sums = this.logits(text);
    for (let label = 0; label < LABELS; label++) sums[label] = sigmoid(sums[label]);
    return sums;
  }

  private logits(text: string): Float64Array {
    const { sums, ngrams, clauses, steps } = this;
    const { clauses: clauseWeights, header } = this.model;
    clauses.collect(this.reader.read(text));
    ngrams.collect(this.reader);
    const { buckets, words } = ngrams;
    // Unrolled per label: the inner loop takes most of the time of a comment.
    let [w0, w1, w2, w3, w4, w5, w6] = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < words; i++) {
      const at = buckets[i] * PADDED_LABELS;
      w0 += steps[at];
      w1 += steps[at + 1];
      w2 += steps[at + 2];
      w3 += steps[at + 3];
      w4 += steps[at + 4];
      w5 += steps[at + 5];
      w6 += steps[at + 6];
    }
    this.letterSums.fill(0);
    for (const limited of this.limited) limited.clear(this.reader.count);
    const letters = this.addLetters();
    const perWord = ngramWeight(words);
    const perLetters = ngramWeight(letters);
    const wordSums = [w0, w1, w2, w3, w4, w5, w6];
    for (let label = 0; label < LABELS; label++) {
      const { wordStep, letterStep, constant } = header.heads[MODEL_LABELS[label]];
      sums[label] =
        constant + wordSums[label] * wordStep * perWord + this.letterSums[label] * letterStep * perLetters;
    }
    for (let i = 0; i < clauses.count; i++) {
      const at = clauses.features[i] * LABELS;
      for (let label = 0; label < LABELS; label++) sums[label] += clauseWeights[at + label];
    }
    for (let label = 0; label < LABELS; label++) {
      const { slope, offset } = header.heads[MODEL_LABELS[label]];
      sums[label] = slope * sums[label] + offset;
    }
    for (const limited of this.limited) sums[limited.label] -= this.excessOf(limited, perWord, perLetters);
    return sums;
  }

  /** The sum of what the words' shares exceed their limit by. `addLetters` has filled in the letters. */
  private excessOf(limited: LimitedLabel, perWord: number, perLetters: number): number {
    const { ngrams, clauses, reader, steps } = this;
    const { label, max, words, letters, clauses: ofClauses } = limited;
    const { buckets, tokens } = ngrams;
    const { wordStep, letterStep, slope } = this.model.header.heads[MODEL_LABELS[label]];
    for (let i = 0; i < ngrams.words; i++) words[tokens[i]] += steps[buckets[i] * PADDED_LABELS + label];
    for (let i = 0; i < clauses.count; i++)
      ofClauses[clauses.tokens[i]] += this.model.clauses[clauses.features[i] * LABELS + label];
    const [perWordStep, perLetterStep] = [slope * wordStep * perWord, slope * letterStep * perLetters];
    let excess = 0;
    for (let token = 0; token < reader.count; token++) {
      const share = perWordStep * words[token] + perLetterStep * letters[token] + slope * ofClauses[token];
      if (Math.abs(share) > max && this.isLimited(label, token)) excess += share - Math.sign(share) * max;
    }
    return excess;
  }

  private isLimited(label: number, token: number): boolean {
    const { classes, flags } = this.reader;
    return label === SPAM || (classes[token] & ABUSIVE) === 0 || (flags[token] & FLAG.harmless) !== 0;
  }

  /**
   * Adds the letter n-grams of the text's words, word by word. Most words have occurred before, so their sums are
   * cached.
   *
   * @returns the number of letter runs
   */
  private addLetters(): number {
    const { reader, ngrams, letterSums, cachedSums, cacheKeys } = this;
    const { chars, first, last, hash } = reader;
    let count = 0;
    for (let i = 0; i < ngrams.freshCount; i++) {
      const token = ngrams.fresh[i];
      const begin = first[token];
      const stop = last[token];
      // A second hash, so that nobody can construct a word that collides with another.
      let check = stop - begin;
      for (let at = begin; at < stop; at++)
        check = (Math.imul(check ^ chars[at], 0x5bd1e995) + (check >>> 13)) | 0;
      const slot = (hash[token] ^ (hash[token] >>> 13)) & (CACHED_WORDS - 1);
      const sums = slot * STRIDE;
      if (cacheKeys[2 * slot] !== hash[token] || cacheKeys[2 * slot + 1] !== check) {
        cacheKeys[2 * slot] = hash[token];
        cacheKeys[2 * slot + 1] = check;
        this.sumLetters(begin - 1, stop + 1, sums);
      }
      for (let label = 0; label < LABELS; label++) letterSums[label] += cachedSums[sums + label];
      for (const limited of this.limited) limited.letters[token] = cachedSums[sums + limited.label];
      count += cachedSums[sums + LABELS];
    }
    return count;
  }

  private sumLetters(from: number, to: number, sums: number): void {
    const { cachedSums, steps } = this;
    const { chars } = this.reader;
    cachedSums.fill(0, sums, sums + STRIDE);
    for (let begin = from; begin < to - 1; begin++) {
      let hash = chars[begin];
      const end = Math.min(to, begin + MAX_RUN_CHARS);
      for (let at = begin + 1; at < end; at++) {
        hash = nextLetterHash(hash, chars[at]);
        if (at - begin + 1 < MIN_RUN_CHARS) continue;
        const bucket = letterBucket(hash) * PADDED_LABELS;
        for (let label = 0; label < LABELS; label++) cachedSums[sums + label] += steps[bucket + label];
        cachedSums[sums + LABELS]++;
      }
    }
  }

  /** Explains a label's score: which words contributed and how much. */
  explain(text: string, label: ModelLabel): Explanation {
    const index = MODEL_LABELS.indexOf(label);
    const logit = this.logits(text)[index];
    const { slope, offset, constant } = this.model.header.heads[label];
    const featuresByToken = new Map<number, string[]>();
    this.attribute(index);
    for (let i = 0; i < this.clauses.count; i++) {
      const token = this.clauses.tokens[i];
      const seen = featuresByToken.get(token);
      const name = featureName(this.clauses.features[i]);
      if (seen) seen.push(name);
      else featuresByToken.set(token, [name]);
    }
    const { from, to, count } = this.reader;
    const shares: Share[] = [];
    for (let token = 0; token < count; token++)
      shares.push({
        start: from[token],
        end: to[token],
        share: this.shareOf[token],
        features: featuresByToken.get(token) ?? [],
      });
    shares.sort((a, b) => a.start - b.start);
    // A text without words that nevertheless has features.
    const wordlessShare = count === 0 ? logit - (slope * constant + offset) : 0;
    return { logit, rest: slope * constant + offset + wordlessShare, shares };
  }

  /**
   * The words that contribute most to a label in the text that was scored last, excluding marks and very common words
   * such as "everybody".
   *
   * @param minShare minimum share
   * @param part minimum share relative to the largest one
   */
  reasons(label: number, minShare: number, part: number): [number, number][] {
    this.attribute(label);
    const { from, to, count, hash, flags } = this.reader;
    const { shareOf } = this;
    for (let token = 0; token < count; token++)
      if ((flags[token] & FLAG.mark) !== 0 || isStopWord(hash[token])) shareOf[token] = 0;
    let largest = 0;
    for (let token = 0; token < count; token++) largest = Math.max(largest, shareOf[token]);
    const threshold = Math.max(minShare, part * largest);
    const markedHashes = new Set<number>();
    for (let token = 0; token < count; token++)
      if (shareOf[token] >= threshold) markedHashes.add(hash[token]);
    const found: [number, number][] = [];
    // Identical words have their share on the first occurrence; all of them are marked.
    for (let token = 0; token < count; token++)
      if (markedHashes.has(hash[token])) found.push([from[token], to[token]]);
    return found;
  }

  /** Distributes the contributions of a label's features to their tokens. */
  private attribute(label: number): void {
    const { shareOf, ngrams, clauses, reader, steps } = this;
    const { clauses: clauseWeights, header } = this.model;
    const { wordStep, letterStep, slope } = header.heads[MODEL_LABELS[label]];
    if (ngrams.count === ngrams.words) ngrams.collectLetters(reader);
    const { buckets, tokens, words, count } = ngrams;
    shareOf.fill(0, 0, reader.count);
    const perWord = slope * wordStep * ngramWeight(words);
    for (let i = 0; i < words; i++) shareOf[tokens[i]] += steps[buckets[i] * PADDED_LABELS + label] * perWord;
    const perLetters = slope * letterStep * ngramWeight(count - words);
    for (let i = words; i < count; i++)
      shareOf[tokens[i]] += steps[buckets[i] * PADDED_LABELS + label] * perLetters;
    for (let i = 0; i < clauses.count; i++)
      shareOf[clauses.tokens[i]] += slope * clauseWeights[clauses.features[i] * LABELS + label];
    const max = this.limited.find((limited) => limited.label === label)?.max;
    if (max === undefined) return;
    for (let token = 0; token < reader.count; token++)
      if (this.isLimited(label, token)) shareOf[token] = Math.min(max, Math.max(-max, shareOf[token]));
  }
}
