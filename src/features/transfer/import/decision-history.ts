import type { CommentStatus } from '../../comments/comment-status.js';
import type { DecisionRecord, ImportedStatus } from './records.js';

export interface HistoryInput {
  readonly status: ImportedStatus;
  /** Oldest first, at least one. */
  readonly revisions: readonly { readonly id: string; readonly at: number }[];
  /** In any order. */
  readonly decisions: readonly Pick<
    DecisionRecord,
    'id' | 'revisionId' | 'status' | 'by' | 'reason' | 'explanation' | 'note' | 'at' | 'exact'
  >[];
  /** Why the source's rules held the whole comment or one revision, if they did. */
  readonly detections: readonly {
    readonly revisionId: string | null;
    readonly reason: string;
    readonly isSpam: boolean;
  }[];
}

export interface PastDecision {
  /**
   * What the decision's ID is derived from, so that every import yields the same one: the source's decision ID, or
   * the revision's ID.
   */
  readonly source: string;
  readonly revision: number;
  readonly action: 'publish' | 'hold' | 'approve' | 'reject' | 'remove' | 'restore' | 'escalate' | 'undo';
  /** Null for a rule. */
  readonly by: string | null;
  readonly rule: { readonly key: string; readonly text: string | null } | null;
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  readonly reason: string | null;
  readonly explanation: string | null;
  readonly note: string | null;
  readonly at: number;
  /** Only in exports of this product. */
  readonly policyVersion?: number;
}

export interface PastState {
  readonly status: 'published' | 'held' | 'rejected' | 'removed';
  readonly decisions: readonly PastDecision[];
  /** Whether the current text was published at any time. */
  readonly wasShown: boolean;
  readonly reason: string | null;
  readonly explanation: string | null;
}

type DecidedStatus = 'published' | 'held' | 'rejected' | 'removed';

const IMPORTED_RULE = { key: 'imported', text: 'Imported unchanged.' } as const;
const ACTION_BY_STATUS = { published: 'publish', held: 'hold', rejected: 'reject' } as const;

/**
 * Reconstructs the decisions about a comment from what its source recorded. Each revision starts with a decision by a
 * rule, because the source does not record decisions of its own rules. The recorded decisions follow. If they do not
 * lead to the actual status of the comment, a decision by a rule is added at the end, so that the status always follows
 * from the decisions.
 */
export function reconstructHistory({ status, revisions, decisions, detections }: HistoryInput): PastState {
  const history: PastDecision[] = [];
  const finalStatus = status === 'deleted' ? 'published' : status;
  let currentStatus: DecidedStatus = finalStatus;
  let wasShown = false;
  let lastAt = 0;
  const add = (decision: PastDecision): void => {
    // IDs are ordered by time, so two decisions in the same millisecond would lose their order.
    lastAt = Math.max(decision.at, lastAt + 1);
    history.push({ ...decision, at: lastAt });
    currentStatus = decision.to as DecidedStatus;
    wasShown ||= currentStatus === 'published';
  };
  const addByRule = (
    revisionNumber: number,
    from: CommentStatus,
    to: 'published' | 'held' | 'rejected',
    rule: PastDecision['rule'],
    at: number,
  ): void =>
    add({
      source: `${revisions[revisionNumber - 1].id}/${from}`,
      revision: revisionNumber,
      action: ACTION_BY_STATUS[to],
      by: null,
      rule,
      from,
      to,
      reason: null,
      explanation: null,
      note: null,
      at,
    });

  for (const [index, revision] of revisions.entries()) {
    const revisionNumber = index + 1;
    const isLast = revisionNumber === revisions.length;
    const revisionDecisions = decisions
      .filter(
        ({ revisionId }) =>
          // A decision about a revision that no longer exists is applied to the current text.
          revisionId === revision.id || (isLast && !revisions.some(({ id }) => id === revisionId)),
      )
      .sort((one, other) => one.at - other.at);
    const revisionDetections = detections.filter(
      ({ revisionId }) => revisionId === null || revisionId === revision.id,
    );
    wasShown = false;
    const initialStatus = firstStatus(
      revisionDecisions,
      revisionDetections.length > 0,
      isLast ? finalStatus : 'published',
    );
    addByRule(revisionNumber, 'pending', initialStatus, ruleOf(revisionDetections), revision.at);
    for (const decision of revisionDecisions) {
      const change = actionOf(currentStatus, decision.status, decision.by);
      if (change)
        add({
          source: decision.id,
          revision: revisionNumber,
          ...change,
          by: decision.by,
          rule: decision.by === null ? IMPORTED_RULE : null,
          from: currentStatus,
          reason: change.to === 'rejected' || change.to === 'removed' ? decision.reason : null,
          explanation: change.to === 'rejected' || change.to === 'removed' ? decision.explanation : null,
          note: decision.note,
          at: decision.at,
        });
    }
    if (isLast && toSourceStatus(currentStatus) !== finalStatus)
      addByRule(revisionNumber, currentStatus, finalStatus, IMPORTED_RULE, lastAt + 1);
  }
  const lastDecision = history.at(-1);
  const isRejected =
    (currentStatus as DecidedStatus) === 'rejected' || (currentStatus as DecidedStatus) === 'removed';
  return {
    status: currentStatus,
    decisions: history,
    wasShown,
    reason: isRejected ? (lastDecision?.reason ?? null) : null,
    explanation: isRejected ? (lastDecision?.explanation ?? null) : null,
  };
}

const toSourceStatus = (status: DecidedStatus): 'published' | 'held' | 'rejected' =>
  status === 'removed' ? 'rejected' : status;

/** The key is `imported-spam` only if every detection was spam, because site models are trained on it. */
function ruleOf(detections: HistoryInput['detections']): NonNullable<PastDecision['rule']> {
  const reasons = detections.map(({ reason }) => reason).filter((reason) => reason !== '');
  return {
    key: detections.length > 0 && detections.every(({ isSpam }) => isSpam) ? 'imported-spam' : 'imported',
    text: reasons.length > 0 ? reasons.join(', ') : IMPORTED_RULE.text,
  };
}

/**
 * The status that the source's rules gave a revision. If decisions are recorded after it, the source no longer has it, so
 * it is derived: held if the rules detected anything, otherwise published.
 */
function firstStatus(
  decisions: HistoryInput['decisions'],
  wasDetected: boolean,
  fallback: 'published' | 'held' | 'rejected',
): 'published' | 'held' | 'rejected' {
  if (decisions.length === 0) return fallback;
  return wasDetected ? 'held' : 'published';
}

function actionOf(
  from: DecidedStatus,
  to: 'published' | 'held' | 'rejected',
  by: string | null,
): Pick<PastDecision, 'action' | 'to'> | null {
  if (by === null) return toSourceStatus(from) === to ? null : { action: ACTION_BY_STATUS[to], to };
  switch (to) {
    case 'published':
      // Approving a published comment resolves its flags.
      return { action: from === 'rejected' || from === 'removed' ? 'restore' : 'approve', to };
    case 'rejected':
      if (from === 'rejected' || from === 'removed') return null;
      return from === 'published' ? { action: 'remove', to: 'removed' } : { action: 'reject', to };
    case 'held':
      return from === 'held' ? null : { action: 'hold', to };
  }
}
