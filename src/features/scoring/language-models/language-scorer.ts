import { stepsOf } from '../model/model-file.js';
import { ngramWeight } from '../model/ngrams.js';
import { sigmoid } from '../scores.js';
import { toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import { LANGUAGE_BUCKETS, languageFeatures } from './language-features.js';
import type { LanguageModel } from './language-model-file.js';

// As for English: a lower score has no spans.
const MIN_MARKED_SCORE = 0.2;
/** A span needs this contribution to the logit, and this part of the largest one. */
const MIN_CONTRIBUTION = 0.2;
const PART_OF_LARGEST = 0.5;

/**
 * Scores a text with the model of its language.
 *
 * @param text any text; spans are UTF-16 units into it
 * @returns the labels of the model, with the words that contribute most; 0 for a text without words
 */
export function scoreWith({ header, weights }: LanguageModel, text: string): ScoreMap {
  const { words, wordBuckets, wordOwners, letterBuckets, letterOwners } = languageFeatures(text);
  const count = header.labels.length;
  const scores: ScoreMap = {};
  for (const [label, name] of header.labels.entries()) {
    const { wordStep, letterStep, constant, slope, offset } = header.heads[label];
    const contributions = new Float64Array(words.length);
    const add = (buckets: readonly number[], owners: readonly number[], from: number, step: number): void => {
      const size = slope * step * ngramWeight(buckets.length);
      for (const [index, bucket] of buckets.entries())
        contributions[owners[index]] += stepsOf(weights[(from + bucket) * count + label]) * size;
    };
    add(wordBuckets, wordOwners, 0, wordStep);
    add(letterBuckets, letterOwners, LANGUAGE_BUCKETS, letterStep);
    const sum = contributions.reduce(
      (total, contribution) => total + contribution,
      slope * constant + offset,
    );
    const value = words.length === 0 ? 0 : toValue(sigmoid(sum));
    scores[name] = { value, spans: value >= MIN_MARKED_SCORE ? spansOf(words, contributions) : [] };
  }
  return scores;
}

function spansOf(words: readonly { start: number; end: number }[], contributions: Float64Array): Span[] {
  const minContribution = Math.max(MIN_CONTRIBUTION, PART_OF_LARGEST * Math.max(...contributions));
  return uniteSpans(
    words.flatMap(({ start, end }, index): Span[] =>
      contributions[index] >= minContribution ? [[start, end]] : [],
    ),
  );
}
