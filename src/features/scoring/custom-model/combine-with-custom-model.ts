import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { severity } from '../model/score-map.js';
import { toValue, type Label, type ScoreMap } from '../scores.js';
import type { Probabilities } from './model-thread.js';

// As for the shipped model: a lower score adds no marks to the text.
const SHOWN = 0.2;
const LEAST = 0.0001;

const logit = (value: number): number => {
  const p = Math.min(1 - LEAST, Math.max(LEAST, value));
  return Math.log(p / (1 - p));
};
const between = (a: number, b: number): number => 1 / (1 + Math.exp(-(logit(a) + logit(b)) / 2));

/**
 * Combines our scores with those of another model: its score replaces ours, or both are averaged as logits. The model
 * cannot tell which words caused its score, so the marks in the text stay ours.
 */
export function combineWithCustomModel(
  scores: ScoreMap,
  theirs: Probabilities,
  use: 'instead' | 'beside',
): ScoreMap {
  const merged: ScoreMap = { ...scores };
  for (const [label, probability] of Object.entries(theirs) as [Label, number][]) {
    const ours = scores[label];
    const value = use === 'beside' && ours ? between(ours.value, probability) : probability;
    merged[label] = { value: toValue(value), spans: value >= SHOWN ? (ours?.spans ?? []) : [] };
  }
  if (theirs.severeToxicity === undefined) {
    const values = Object.fromEntries(
      MODEL_LABELS.map((label) => [label, merged[label]?.value ?? 0]),
    ) as Record<ModelLabel, number>;
    const value = toValue(severity(values));
    merged.severeToxicity = { value, spans: value >= SHOWN ? (merged.toxicity?.spans ?? []) : [] };
  }
  return merged;
}
