import type { QueueFilter, QueueItem, SuggestedUse } from '../api-types.js';

/** The scores for `question` and `newsroom` are 0 or well above this, as for the filter `suggested`. */
const MIN_SCORE = 0.5;

export const USE_TEXTS: Readonly<Record<SuggestedUse, string>> = {
  pick: 'Suggested as a pick: ranked above about nine in ten comments of its length.',
  question: 'Asks something that you or the author could answer.',
  newsroom: 'Corrects the article, or gives you a tip.',
};

/** What a published comment may be good for. Only the filter tells whether it is suggested as a pick. */
export function suggestedUsesOf({ comment, scores }: QueueItem, filter: QueueFilter): SuggestedUse[] {
  if (comment.status !== 'published') return [];
  const byScore = (['question', 'newsroom'] as const).filter(
    (label) => (scores[label]?.value ?? 0) >= MIN_SCORE,
  );
  return filter.suggested === 'pick' && !comment.picked ? ['pick', ...byScore] : byScore;
}
