import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { severity } from '../model/score-map.js';
import { toValue, type Label, type ScoreMap } from '../scores.js';
import type { Probabilities } from './model-thread.js';

// As for the shipped model: a lower score adds no marks to the text.
const MIN_MARKED_SCORE = 0.2;
const MIN_PROBABILITY = 0.0001;

const logit = (value: number): number => {
  const p = Math.min(1 - MIN_PROBABILITY, Math.max(MIN_PROBABILITY, value));
  return Math.log(p / (1 - p));
};
const averageAsLogits = (a: number, b: number): number => 1 / (1 + Math.exp(-(logit(a) + logit(b)) / 2));

/**
 * Combines our scores with those of another model: its score replaces ours, or both are averaged as logits. The model
 * cannot tell which words caused its score, so the marks in the text stay ours.
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
  if (modelProbabilities.severeToxicity === undefined) {
    const values = Object.fromEntries(
      MODEL_LABELS.map((label) => [label, merged[label]?.value ?? 0]),
    ) as Record<ModelLabel, number>;
    const value = toValue(severity(values));
    merged.severeToxicity = { value, spans: value >= MIN_MARKED_SCORE ? (merged.toxicity?.spans ?? []) : [] };
  }
  return merged;
}
