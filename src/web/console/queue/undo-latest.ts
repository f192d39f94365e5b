import type { BulkDecisionStore } from './bulk-decision-store.js';
import type { DecisionStore } from './decision-store.js';

/**
 * Undoes the latest decision in this console, single or bulk: the one shown in the bar at the bottom.
 *
 * @returns whether it was a bulk decision, once the server has responded
 */
export async function undoLatest(
  decisions: DecisionStore,
  bulkDecisions: BulkDecisionStore,
): Promise<boolean> {
  const bulk = bulkDecisions.read();
  const last = decisions.read().entries.findLast((entry) => entry.until > Date.now());
  const isBulk = bulk !== null && bulk.until > Date.now() && bulk.at > (last?.at ?? 0);
  await (isBulk ? bulkDecisions.undo() : decisions.undo());
  return isBulk;
}
