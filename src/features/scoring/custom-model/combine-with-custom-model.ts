import { MIN_MARKED_SCORE, withSeverity } from '../model/score-map.js';
import { logit, sigmoid, toValue, type Label, type ScoreMap } from '../scores.js';
import type { Probabilities } from './model-thread.js';

const averageAsLogits = (a: number, b: number): number => sigmoid((logit(a) + logit(b)) / 2);

/**
 * Combines our scores with those of another model: its score replaces ours, or both are averaged as logits. The model
 * cannot tell which words caused its score, so the spans stay ours.
 */
export function combineWithCustomModel(
  scores: ScoreMap,
  modelProbabilities: Probabilities,
  use: 'instead' | 'beside',
): ScoreMap {
  const merged: ScoreMap = { ...scores };
  for (const [label, probability] of Object.entries(modelProbabilities) as [Label, number][]) {
    const current = scores[label];
    const value = use === 'beside' && current ? averageAsLogits(current.value, probability) : probability;
    merged[label] = { value: toValue(value), spans: value >= MIN_MARKED_SCORE ? (current?.spans ?? []) : [] };
  }
  return modelProbabilities.severeToxicity === undefined ? withSeverity(merged) : merged;
}
