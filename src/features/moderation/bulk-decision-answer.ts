import type { BulkDecision } from './bulk-decision.repository.js';
import type { BulkDecisionAnswer } from './bulk-decisions.dto.js';

/** Maps a bulk decision to its API shape. */
export const toBulkDecisionAnswer = (bulk: BulkDecision): BulkDecisionAnswer => ({
  id: bulk.id,
  state: bulk.state,
  action: bulk.action,
  reason: bulk.reason,
  total: bulk.total,
  decided: bulk.decided,
  skipped: bulk.skipped,
  createdAt: bulk.createdAt.toISOString(),
  dueAt: bulk.dueAt.toISOString(),
  endedAt: bulk.endedAt?.toISOString() ?? null,
});
