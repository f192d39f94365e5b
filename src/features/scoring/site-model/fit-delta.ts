import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { FIXED, fixedSize, meaningSum } from './site-model-features.js';
import { ascendDuals } from './dual-ascent.js';
import type { SiteCorpus } from './site-corpus.js';

/** Weights over a corpus: the fixed ones, one per number of an embedding, and one per id. */
export interface Delta {
  readonly fixed: Float64Array;
  readonly meaning: Float64Array;
  readonly ids: Float64Array;
}

/** The change that a weight difference makes to an example's logit. */
export function applyDelta(
  { fixed, meaning, ids }: Delta,
  { features, idIndexes, sizes }: SiteCorpus['examples'][number],
): number {
  let sum = 0;
  for (let each = 0; each < FIXED; each++) sum += fixed[each] * fixedSize(each, features);
  for (let each = 0; each < idIndexes.length; each++) sum += ids[idIndexes[each]] * sizes[each];
  return features.meaning ? sum + meaningSum(features.meaning, meaning) : sum;
}

/**
 * Fits a logistic regression whose weights are kept close to the shipped ones by an L2 penalty on the difference, so
 * that weights without evidence stay as shipped. Deterministic: the same examples give the same weights.
 *
 * @param rows which examples of the corpus
 * @param prior the shipped logit by row
 * @param degrees 0 to 1 by row
 */
export async function fitDelta(
  corpus: SiteCorpus,
  rows: readonly number[],
  prior: readonly number[],
  degrees: readonly number[],
): Promise<Delta> {
  const fixed = new Float64Array(FIXED);
  const meaning = new Float64Array(DIMENSIONS);
  const ids = new Float64Array(corpus.ids.length);
  const sizes = rows.map((row) => {
    const { features } = corpus.examples[row];
    return Float64Array.from({ length: FIXED }, (_, each) => fixedSize(each, features));
  });
  const norms = rows.map((row, index) => {
    let sum = 0;
    for (const size of sizes[index]) sum += size * size;
    for (const size of corpus.examples[row].sizes) sum += size * size;
    const { meaning: embedding } = corpus.examples[row].features;
    if (embedding) sum += meaningSum(embedding, embedding.numbers) * embedding.scale;
    return sum;
  });
  await ascendDuals(
    {
      norms,
      sum: (index) => applyDelta({ fixed, meaning, ids }, corpus.examples[rows[index]]),
      add(index, change) {
        const { idIndexes, sizes: idSizes, features } = corpus.examples[rows[index]];
        for (let each = 0; each < FIXED; each++) fixed[each] += change * sizes[index][each];
        for (let each = 0; each < idIndexes.length; each++) ids[idIndexes[each]] += change * idSizes[each];
        const { meaning: embedding } = features;
        if (embedding)
          for (let each = 0; each < DIMENSIONS; each++)
            meaning[each] += change * embedding.scale * embedding.numbers[each];
      },
    },
    prior,
    degrees,
  );
  return { fixed, meaning, ids };
}
