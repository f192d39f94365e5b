import type { ModelLabel } from '../model/labels.js';
import { MIN_MARKED_SCORE, withSeverity } from '../model/score-map.js';
import { toValue, uniteSpans, type ScoreMap } from '../scores.js';
import { featuresOf } from './site-model-features.js';
import type { LoadedSiteModel } from './site-model.js';

/** A word below this is no reason. */
const MIN_SHARE = 0.35;

/**
 * Replaces the shipped model's scores with those of the site model, for the labels that it may score.
 *
 * @param shipped the shipped model's scores for the same text
 * @param labels labels that the site model has and may score
 */
export function applySiteModel(
  model: LoadedSiteModel,
  text: string,
  shipped: ScoreMap,
  labels: readonly ModelLabel[],
): ScoreMap {
  const features = featuresOf(text, shipped);
  const scores: ScoreMap = { ...shipped };
  for (const label of labels) {
    const probability = model.probability(label, features);
    if (probability === null || Number.isNaN(probability)) continue;
    const reasons = probability >= MIN_MARKED_SCORE ? model.reasons(label, features, MIN_SHARE) : [];
    const spans =
      probability >= MIN_MARKED_SCORE ? uniteSpans([...(shipped[label]?.spans ?? []), ...reasons]) : [];
    scores[label] = { value: toValue(probability), spans };
  }
  return withSeverity(scores);
}
