import { refusalReason } from '../scoring/refusal.js';
import { LABELS, type Label, type ScoreMap } from '../scoring/scores.js';
import type { ActiveThresholds } from '../sites/policy.js';

/**
 * Returns the labels whose scores reach their `hold` threshold, ordered by the share of the way from the threshold to 1
 * (highest first). `refusal` is replaced by the label that is the reason for it.
 */
export function topLabels(scores: ScoreMap, thresholds: ActiveThresholds): Label[] {
  const reached = LABELS.flatMap((label) => {
    const value = scores[label]?.value ?? 0;
    const hold = thresholds[label]?.hold;
    if (hold === undefined || value < hold) return [];
    const distance = hold === 1 ? 1 : (value - hold) / (1 - hold);
    return [{ label: label === 'refusal' ? refusalReason(scores) : label, distance }];
  });
  const sorted = reached.sort((a, b) => b.distance - a.distance).map(({ label }) => label);
  return [...new Set(sorted)];
}
