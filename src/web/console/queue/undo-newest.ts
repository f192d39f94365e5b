import type { BulkDecisionStore } from './bulk-decision-store.js';
import type { DecisionStore } from './decision-store.js';

/**
 * Takes back what was decided last at this desk, about one comment or about many: what the bar at the foot shows.
 *
 * @returns whether it was about many, once the server has answered
 */
export async function undoLatest(decisions: DecisionStore, bulks: BulkDecisionStore): Promise<boolean> {
  const bulk = bulks.read();
  const last = decisions.read().entries.findLast((entry) => entry.until > Date.now());
  const isBulk = bulk !== null && bulk.until > Date.now() && bulk.at > (last?.at ?? 0);
  await (isBulk ? bulks.undo() : decisions.undo());
  return isBulk;
}
