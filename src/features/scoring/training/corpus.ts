import { Clauses } from '../model/clauses.js';
import { BUCKETS, Ngrams } from '../model/ngrams.js';
import { TextReader } from '../model/text-reader.js';
import { FEATURE_COUNT } from './feature-order.js';

/** The features of many texts, as training reads them. */
export interface TextFeatures {
  readonly count: number;
  /**
   * Where the word buckets, the letter buckets and the clause features of text i start in `indices`. They end at
   * `starts[i + 1]`.
   */
  readonly starts: Float64Array;
  readonly lettersAt: Float64Array;
  readonly clausesAt: Float64Array;
  readonly indices: Uint32Array;
  /** The number of texts that contain each feature. */
  readonly frequency: Uint32Array;
}

/** The features of many texts in flat arrays, four bytes per feature. */
export class Corpus implements TextFeatures {
  count = 0;
  readonly starts: Float64Array;
  readonly lettersAt: Float64Array;
  readonly clausesAt: Float64Array;
  indices = new Uint32Array(1 << 22);
  readonly frequency = new Uint32Array(FEATURE_COUNT);
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
    const { buckets, words, count } = this.ngrams.collect(read).collectLetters(read);
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
