import type { HistoryInput, PastDecision, PastState } from './decision-history.js';
import type { ExactComment } from './records.js';

/**
 * Takes over the decisions of an export of this product. A comment that was still pending is held, because an import
 * scores nothing.
 *
 * @param revision number of the current revision
 * @param decisions in the order of the file
 * @param revisedAt when the current revision was written
 */
export function exactHistory(
  { status, reason, explanation }: ExactComment,
  revision: number,
  decisions: HistoryInput['decisions'],
  revisedAt: number,
): PastState {
  const history: PastDecision[] = [];
  let lastAt = 0;
  for (const { id, by, reason: code, explanation: text, note, at, exact } of decisions) {
    if (!exact) continue;
    // IDs are ordered by time, so two decisions in the same millisecond would lose their order.
    lastAt = Math.max(at, lastAt + 1);
    history.push({ ...exact, source: id, by, reason: code, explanation: text, note, at: lastAt });
  }
  if (status === 'pending')
    history.push({
      source: `${revision}/pending`,
      revision,
      action: 'hold',
      by: null,
      rule: { key: 'imported', text: 'Imported before it was scored.' },
      from: 'pending',
      to: 'held',
      reason: null,
      explanation: null,
      note: null,
      at: Math.max(revisedAt, lastAt + 1),
    });
  return {
    status: status === 'pending' ? 'held' : status === 'deleted' ? 'published' : status,
    decisions: history,
    wasShown: false,
    reason,
    explanation,
  };
}
