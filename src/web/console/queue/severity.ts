import type { QueueItem } from '../api-types.js';

/** Labels of distressing content, as opposed to merely rude content. */
const SEVERE_LABELS = ['severeToxicity', 'threat', 'identityAttack', 'sexual'];
const DEFAULT_THRESHOLD = 0.6;

/** Whether a comment is distressing enough that moderators should not see many like it in a row. */
export function isSevere({ scores, thresholds }: Pick<QueueItem, 'scores' | 'thresholds'>): boolean {
  return SEVERE_LABELS.some(
    (label) => (scores[label]?.value ?? 0) >= (thresholds[label]?.hold ?? DEFAULT_THRESHOLD),
  );
}
