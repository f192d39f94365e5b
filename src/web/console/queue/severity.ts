import type { QueueItem } from '../api-types.js';

/** What wears people down, as against what is merely rude. */
const SEVERE_LABELS = ['severeToxicity', 'threat', 'identityAttack', 'sexual'];
const WITHOUT_THRESHOLD = 0.6;

/** Whether a comment is of the kind that nobody should read many of in a row. */
export function isSevere({ scores, thresholds }: Pick<QueueItem, 'scores' | 'thresholds'>): boolean {
  return SEVERE_LABELS.some(
    (label) => (scores[label]?.value ?? 0) >= (thresholds[label]?.hold ?? WITHOUT_THRESHOLD),
  );
}
