import { CLAUSE_FEATURES, Clauses } from '../model/clauses.js';
import { BUCKETS, Ngrams, WORD_BUCKETS } from '../model/ngrams.js';
import { TextReader } from '../model/text-reader.js';

/** Features in the order of the weights: buckets of words, buckets of letters, clause features, the constant. */
export const FEATURES = BUCKETS + CLAUSE_FEATURES + 1;
export const CONSTANT = FEATURES - 1;

/** The features of many texts in flat arrays, four bytes a feature. */
export class Corpus {
  count = 0;
  /** Per text where its word buckets begin, its letter buckets, its clause features, and where they end. */
  readonly starts: Float64Array;
  readonly lettersAt: Float64Array;
  readonly clausesAt: Float64Array;
  indices = new Uint32Array(1 << 25);
  /** In how many texts each feature is. */
  readonly frequency = new Uint32Array(FEATURES);
  private readonly reader = new TextReader();
  private readonly ngrams = new Ngrams();
  private readonly clauses = new Clauses();

  constructor(capacity: number) {
    this.starts = new Float64Array(capacity + 1);
    this.lettersAt = new Float64Array(capacity);
    this.clausesAt = new Float64Array(capacity);
  }

  add(text: string): number {
    const read = this.reader.read(text);
    const { buckets, words, count } = this.ngrams.collect(read);
    const { features, count: found } = this.clauses.collect(read);
    let at = this.starts[this.count];
    if (at + count + found > this.indices.length) this.grow();
    this.lettersAt[this.count] = at + words;
    this.clausesAt[this.count] = at + count;
    for (let i = 0; i < count; i++) {
      this.indices[at++] = buckets[i];
      this.frequency[buckets[i]]++;
    }
    for (let i = 0; i < found; i++) {
      this.indices[at++] = BUCKETS + features[i];
      this.frequency[BUCKETS + features[i]]++;
    }
    this.starts[this.count + 1] = at;
    return this.count++;
  }

  private grow(): void {
    const larger = new Uint32Array(this.indices.length * 2);
    larger.set(this.indices);
    this.indices = larger;
  }
}

/** How strongly each block of features speaks; n-grams are divided by the root of how many there are in the text. */
export const BLOCK = { words: 1, letters: 1, clauses: 0.35, constant: 1 } as const;

/**
 * The square of each feature's scale: rare n-grams say more than frequent ones (inverse document frequency, around 1).
 */
export function scalesOf({ count, frequency }: Corpus): Float32Array {
  const scales = new Float32Array(FEATURES);
  const idf = (feature: number): number => Math.log(1 + count / (1 + frequency[feature]));
  for (const [from, to] of [
    [0, WORD_BUCKETS],
    [WORD_BUCKETS, BUCKETS],
  ]) {
    // The mean over what texts hold, so that a text's scales are around 1.
    let sum = 0;
    let weight = 0;
    for (let feature = from; feature < to; feature++) {
      sum += idf(feature) ** 2 * frequency[feature];
      weight += frequency[feature];
    }
    const mean = sum / Math.max(1, weight);
    for (let feature = from; feature < to; feature++) scales[feature] = idf(feature) ** 2 / mean;
  }
  for (let feature = BUCKETS; feature < CONSTANT; feature++) scales[feature] = BLOCK.clauses ** 2;
  scales[CONSTANT] = BLOCK.constant ** 2;
  return scales;
}
