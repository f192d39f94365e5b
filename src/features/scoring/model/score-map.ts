import { openAddresses } from '../lexicon/addresses.js';
import { blankHangingObjects } from '../lexicon/hanging-objects.js';
import {
  mergeScores,
  NO_SCORE,
  toValue,
  uniteSpans,
  type Score,
  type ScoreMap,
  type Span,
} from '../scores.js';
import { abusiveEmoji } from './abusive-emoji.js';
import { isHarmlessEmoji } from './harmless-emoji.js';
import { MODEL_LABELS, type ModelLabel } from './labels.js';
import type { Scorer } from './scorer.js';

/** A lower score has no spans. */
export const MIN_MARKED_SCORE = 0.2;
// Chosen on a quarter of the training file's spans; measured on the validation file, see the model card.
const MIN_SHARE = 0.2;
const PART_OF_LARGEST = 0.5;
// Headlines about violence score up to .85 in addresses; most addresses that insult somebody score .9 or more.
const MIN_ADDRESS_SCORE = 0.92;

/**
 * Severe toxicity: hate, a threat, or an insult with swearing, in proportion to toxicity. Squared, so that one mild
 * word is far from severe and swearing alone never is.
 */
function severity(value: Record<ModelLabel, number>): number {
  const worst = Math.max(value.identityAttack, value.threat, value.insult * Math.max(0.5, value.profanity));
  return 0.95 * (Math.min(worst, value.toxicity) * worst);
}

const ZERO_SCORES = Object.fromEntries(
  [...MODEL_LABELS, 'severeToxicity' as const].map((label) => [label, NO_SCORE]),
);

/**
 * Scores a text on all labels of the model, with the words that caused the scores; see `sites/labels.ts`. A text of
 * harmless emoji gets no score, because the model was trained on sentences and an unknown symbol is no reason to hold
 * anything. The words of an address count as text if the model is certain of them; it is less certain of headlines
 * about violence. They do not count for spam.
 *
 * @param adjust combines the model's scores with those of another model, before those of abusive emoji and addresses
 *   are added
 */
export function scoreText(
  scorer: Scorer,
  written: string,
  adjust: (scores: ScoreMap) => ScoreMap = (scores) => scores,
): ScoreMap {
  if (isHarmlessEmoji(written)) return ZERO_SCORES;
  const text = blankHangingObjects(written);
  const found = mergeScores(adjust(scoreAsWritten(scorer, text)), abusiveEmoji(text));
  const opened = openAddresses(text);
  if (opened === text) return found;
  const certain = Object.entries(scoreAsWritten(scorer, opened)).filter(
    ([label, { value }]) => label !== 'spam' && value >= MIN_ADDRESS_SCORE,
  );
  return mergeScores(found, Object.fromEntries(certain));
}

/** @returns the scores with `severeToxicity` computed from them */
export function withSeverity(scores: ScoreMap): ScoreMap {
  const values = Object.fromEntries(
    MODEL_LABELS.map((label) => [label, scores[label]?.value ?? 0]),
  ) as Record<ModelLabel, number>;
  const value = toValue(severity(values));
  const spans = value >= MIN_MARKED_SCORE ? (scores.toxicity?.spans ?? []) : [];
  return { ...scores, severeToxicity: { value, spans } };
}

function scoreAsWritten(scorer: Scorer, text: string): ScoreMap {
  const probabilities = scorer.probabilities(text);
  const value = Object.fromEntries(
    MODEL_LABELS.map((label, index) => [label, probabilities[index]]),
  ) as Record<ModelLabel, number>;
  const scores = Object.fromEntries(
    MODEL_LABELS.map((label, index): [ModelLabel, Score] => {
      const spans: Span[] =
        value[label] >= MIN_MARKED_SCORE ? scorer.reasons(index, MIN_SHARE, PART_OF_LARGEST) : [];
      return [label, { value: toValue(value[label]), spans: uniteSpans(spans) }];
    }),
  ) as Record<ModelLabel, Score>;
  return withSeverity(scores);
}
