import { MIN_MARKED_SCORE, withSeverity } from '../model/score-map.js';
import { toValue, uniteSpans, type ScoreMap } from '../scores.js';
import type { SiteLabel } from './site-labels.js';
import { featuresOf } from './site-model-features.js';
import type { LoadedSiteModel } from './site-model.js';

/** A word that adds less to the logit gets no span. */
const MIN_SHARE = 0.35;

/**
 * Replaces the shipped models' scores with those of the site model, for the labels that it may score.
 *
 * @param shipped the shipped models' scores for the same text
 * @param embedding null if the text was not encoded
 * @param labels labels that the site model has and may score
 */
export function applySiteModel(
  model: LoadedSiteModel,
  text: string,
  shipped: ScoreMap,
  embedding: Float32Array | null,
  labels: readonly SiteLabel[],
): ScoreMap {
  const features = featuresOf(text, shipped, embedding);
  const scores: ScoreMap = { ...shipped };
  for (const label of labels) {
    const probability = model.probability(label, features);
    if (probability === null || Number.isNaN(probability)) continue;
    // A comment can be held for a `refusal` below `MIN_MARKED_SCORE`.
    const isMarked = label === 'refusal' || probability >= MIN_MARKED_SCORE;
    const reasons = isMarked ? model.reasons(label, features, MIN_SHARE) : [];
    const spans = isMarked ? uniteSpans([...(shipped[label]?.spans ?? []), ...reasons]) : [];
    scores[label] = { value: toValue(probability), spans };
  }
  return withSeverity(scores);
}
