import { languageFeatures } from '../language-models/language-features.js';
import { WORD_BUCKETS } from '../model/ngrams.js';
import type { TextFeatures } from './corpus.js';
import { FEATURE_COUNT } from './feature-order.js';

/** The features of texts in a language other than English, in the layout of the English model. */
export class LanguageCorpus implements TextFeatures {
  count = 0;
  readonly starts: Float64Array;
  readonly lettersAt: Float64Array;
  readonly clausesAt: Float64Array;
  indices = new Uint32Array(1 << 20);
  readonly frequency = new Uint32Array(FEATURE_COUNT);

  constructor(capacity: number) {
    this.starts = new Float64Array(capacity + 1);
    this.lettersAt = new Float64Array(capacity);
    this.clausesAt = new Float64Array(capacity);
  }

  add(text: string): number {
    const { wordBuckets, letterBuckets } = languageFeatures(text);
    let at = this.starts[this.count];
    const end = at + wordBuckets.length + letterBuckets.length;
    while (end > this.indices.length) {
      const larger = new Uint32Array(this.indices.length * 2);
      larger.set(this.indices);
      this.indices = larger;
    }
    for (const bucket of wordBuckets) this.indices[at++] = bucket;
    this.lettersAt[this.count] = at;
    for (const bucket of letterBuckets) this.indices[at++] = WORD_BUCKETS + bucket;
    // There are no clause features.
    this.clausesAt[this.count] = at;
    this.starts[this.count + 1] = at;
    for (const index of new Set(this.indices.subarray(this.starts[this.count], at))) this.frequency[index]++;
    return this.count++;
  }
}
