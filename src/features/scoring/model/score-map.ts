import { toValue, uniteSpans, type Score, type ScoreMap, type Span } from '../scores.js';
import { MODEL_LABELS, type ModelLabel } from './labels.js';
import type { Scorer } from './scorer.js';

// Below this a score leaves no mark in the text.
const SHOWN = 0.2;
// Chosen on a quarter of the training file's spans; measured on the validation file, see the model card.
const LEAST_SHARE = 0.2;
const PART_OF_LARGEST = 0.5;

/**
 * How severe: hate, a threat, or an insult with swearing, as far as the text is toxic at all. Squared, so that
 * one mild word is far from severe and swearing alone never is.
 */
export function severity(value: Record<ModelLabel, number>): number {
  const gravest = Math.max(value.identityAttack, value.threat, value.insult * Math.max(0.5, value.profanity));
  return 0.95 * (Math.min(gravest, value.toxicity) * gravest);
}

/** All labels of a text that a model judges, with the words that made it so; see `sites/labels.ts`. */
export function scoreText(scorer: Scorer, text: string): ScoreMap {
  const probabilities = scorer.probabilities(text);
  const value = Object.fromEntries(
    MODEL_LABELS.map((label, index) => [label, probabilities[index]]),
  ) as Record<ModelLabel, number>;
  const severe = severity(value);
  const scores = Object.fromEntries(
    MODEL_LABELS.map((label, index): [ModelLabel, Score] => {
      const spans: Span[] = value[label] >= SHOWN ? scorer.reasons(index, LEAST_SHARE, PART_OF_LARGEST) : [];
      return [label, { value: toValue(value[label]), spans: uniteSpans(spans) }];
    }),
  ) as Record<ModelLabel, Score>;
  const spans = severe >= SHOWN ? scores.toxicity.spans : [];
  return { ...scores, severeToxicity: { value: toValue(severe), spans } };
}
