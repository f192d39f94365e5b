import { Clauses, featureName } from './clauses.js';
import { MODEL_LABELS, type ModelLabel } from './labels.js';
import type { Model } from './model-file.js';
import { Ngrams } from './ngrams.js';
import { TextReader } from './text-reader.js';

const LABELS = MODEL_LABELS.length;

/** One stretch of the text and what it adds to the logit. */
export interface Share {
  /** UTF-16 offsets into the text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly share: number;
  /** What was seen there beside the letters, as `dehumanising>group`; empty for most. */
  readonly because: readonly string[];
}

export interface Explanation {
  /** Before the sigmoid; `rest` and all shares add up to it. */
  readonly logit: number;
  /** What the label starts from in any text. */
  readonly rest: number;
  /** In the order of the text. */
  readonly shares: readonly Share[];
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** A model at work. Its arrays are used again for every text: one scorer serves a process, one text at a time. */
export class Scorer {
  private readonly reader = new TextReader();
  private readonly ngrams = new Ngrams();
  private readonly clauses = new Clauses();
  private readonly sums = new Float64Array(LABELS);
  private readonly shareOf = new Float64Array(this.reader.hash.length);

  constructor(readonly model: Model) {}

  /**
   * The probability of every label, in the order of `MODEL_LABELS`.
   *
   * @param text any text, read up to `MAX_UNITS`
   * @returns the same array every time, filled anew by the next call
   */
  probabilities(text: string): Float64Array {
    const sums = this.logits(text);
    for (let label = 0; label < LABELS; label++) sums[label] = sigmoid(sums[label]);
    return sums;
  }

  private logits(text: string): Float64Array {
    const { sums, ngrams, clauses } = this;
    const { weights, clauses: clauseWeights, header } = this.model;
    clauses.collect(this.reader.read(text));
    ngrams.collect(this.reader);
    const { buckets, words, count } = ngrams;
    // Written out per label: the inner loop is most of a comment's time.
    let [w0, w1, w2, w3, w4, w5, w6] = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < words; i++) {
      const at = buckets[i] * LABELS;
      w0 += weights[at];
      w1 += weights[at + 1];
      w2 += weights[at + 2];
      w3 += weights[at + 3];
      w4 += weights[at + 4];
      w5 += weights[at + 5];
      w6 += weights[at + 6];
    }
    let [l0, l1, l2, l3, l4, l5, l6] = [0, 0, 0, 0, 0, 0, 0];
    for (let i = words; i < count; i++) {
      const at = buckets[i] * LABELS;
      l0 += weights[at];
      l1 += weights[at + 1];
      l2 += weights[at + 2];
      l3 += weights[at + 3];
      l4 += weights[at + 4];
      l5 += weights[at + 5];
      l6 += weights[at + 6];
    }
    const perWord = words > 0 ? 1 / Math.sqrt(words) : 0;
    const perLetters = count > words ? 1 / Math.sqrt(count - words) : 0;
    const [byWords, byLetters] = [
      [w0, w1, w2, w3, w4, w5, w6],
      [l0, l1, l2, l3, l4, l5, l6],
    ];
    for (let label = 0; label < LABELS; label++) {
      const { wordStep, letterStep, constant } = header.heads[MODEL_LABELS[label]];
      sums[label] =
        constant + byWords[label] * wordStep * perWord + byLetters[label] * letterStep * perLetters;
    }
    for (let i = 0; i < clauses.count; i++) {
      const at = clauses.features[i] * LABELS;
      for (let label = 0; label < LABELS; label++) sums[label] += clauseWeights[at + label];
    }
    for (let label = 0; label < LABELS; label++) {
      const { slope, offset } = header.heads[MODEL_LABELS[label]];
      sums[label] = slope * sums[label] + offset;
    }
    return sums;
  }

  /** Which words made the score of a label, and how much each of them. */
  explain(text: string, label: ModelLabel): Explanation {
    const index = MODEL_LABELS.indexOf(label);
    const logit = this.logits(text)[index];
    const { slope, offset, constant } = this.model.header.heads[label];
    const because = new Map<number, string[]>();
    this.spread(index);
    for (let i = 0; i < this.clauses.count; i++) {
      const token = this.clauses.tokens[i];
      const seen = because.get(token);
      const name = featureName(this.clauses.features[i]);
      if (seen) seen.push(name);
      else because.set(token, [name]);
    }
    const { from, to, count } = this.reader;
    const shares: Share[] = [];
    for (let token = 0; token < count; token++)
      shares.push({
        start: from[token],
        end: to[token],
        share: this.shareOf[token],
        because: because.get(token) ?? [],
      });
    // A text without a word, of which some features speak nevertheless.
    const wordless = count === 0 ? logit - (slope * constant + offset) : 0;
    return { logit, rest: slope * constant + offset + wordless, shares };
  }

  /**
   * The stretches that speak most for a label in the text that was scored last.
   *
   * @param least shares below this are no reason
   * @param part and below this part of the largest share
   */
  reasons(label: number, least: number, part: number): [number, number][] {
    this.spread(label);
    const { from, to, count, hash } = this.reader;
    const { shareOf } = this;
    let largest = 0;
    for (let token = 0; token < count; token++) largest = Math.max(largest, shareOf[token]);
    const bar = Math.max(least, part * largest);
    const shown = new Set<number>();
    for (let token = 0; token < count; token++) if (shareOf[token] >= bar) shown.add(hash[token]);
    const found: [number, number][] = [];
    // The first of several alike carries their share; all of them are the reason.
    for (let token = 0; token < count; token++)
      if (shown.has(hash[token])) found.push([from[token], to[token]]);
    return found;
  }

  /** Spreads what a label's features add over the tokens they stand in. */
  private spread(label: number): void {
    const { shareOf, ngrams, clauses, reader } = this;
    const { weights, clauses: clauseWeights, header } = this.model;
    const { wordStep, letterStep, slope } = header.heads[MODEL_LABELS[label]];
    const { buckets, tokens, words, count } = ngrams;
    shareOf.fill(0, 0, reader.count);
    const perWord = words > 0 ? (slope * wordStep) / Math.sqrt(words) : 0;
    for (let i = 0; i < words; i++) shareOf[tokens[i]] += weights[buckets[i] * LABELS + label] * perWord;
    const perLetters = count > words ? (slope * letterStep) / Math.sqrt(count - words) : 0;
    for (let i = words; i < count; i++)
      shareOf[tokens[i]] += weights[buckets[i] * LABELS + label] * perLetters;
    for (let i = 0; i < clauses.count; i++)
      shareOf[clauses.tokens[i]] += slope * clauseWeights[clauses.features[i] * LABELS + label];
  }
}
