import type { CommentStatus } from '../../comments/comment-status.js';
import type { DecisionRecord, ImportedStatus } from './records.js';

export interface HistoryInput {
  readonly status: ImportedStatus;
  /** Oldest first, at least one. */
  readonly revisions: readonly { readonly id: string; readonly at: number }[];
  /** In any order. */
  readonly decisions: readonly Pick<
    DecisionRecord,
    'id' | 'revisionId' | 'status' | 'by' | 'reason' | 'explanation' | 'note' | 'at'
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
  readonly action: 'publish' | 'hold' | 'approve' | 'reject' | 'remove' | 'restore';
  /** Null for a rule. */
  readonly by: string | null;
  readonly rule: { readonly key: 'imported' | 'imported-spam'; readonly text: string } | null;
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  readonly reason: string | null;
  readonly explanation: string | null;
  readonly note: string | null;
  readonly at: number;
}

export interface PastState {
  readonly status: 'published' | 'held' | 'rejected' | 'removed';
  readonly decisions: readonly PastDecision[];
  /** Whether others have seen the current text. */
  readonly wasShown: boolean;
  readonly reason: string | null;
  readonly explanation: string | null;
}

type DecidedStatus = 'published' | 'held' | 'rejected' | 'removed';

const IMPORTED_RULE = { key: 'imported', text: 'Imported as it was.' } as const;
const ACTION_BY_STATUS = { published: 'publish', held: 'hold', rejected: 'reject' } as const;

/**
 * Reconstructs the decisions about a comment, in our terms, from what its source recorded. Each revision starts with
 * a rule's decision, because the source records none for its own rules. The decisions of people follow. If they do
 * not lead to the actual status of the comment, a final rule's decision is added, so the status always follows from
 * the decisions.
 */
export function reconstructHistory({ status, revisions, decisions, detections }: HistoryInput): PastState {
  const history: PastDecision[] = [];
  const finalStatus = status === 'deleted' ? 'published' : status;
  let now: DecidedStatus = finalStatus;
  let wasShown = false;
  let last = 0;
  const add = (decision: PastDecision): void => {
    // IDs are ordered by time, so two decisions in the same millisecond would lose their order.
    last = Math.max(decision.at, last + 1);
    history.push({ ...decision, at: last });
    now = decision.to as DecidedStatus;
    wasShown ||= now === 'published';
  };
  const rule = (
    number: number,
    from: CommentStatus,
    to: 'published' | 'held' | 'rejected',
    why: PastDecision['rule'],
    at: number,
  ): void =>
    add({
      source: `${revisions[number - 1].id}/${from}`,
      revision: number,
      action: ACTION_BY_STATUS[to],
      by: null,
      rule: why,
      from,
      to,
      reason: null,
      explanation: null,
      note: null,
      at,
    });

  for (const [index, revision] of revisions.entries()) {
    const number = index + 1;
    const isLast = number === revisions.length;
    const ownDecisions = decisions
      .filter(
        ({ revisionId }) =>
          // A decision about a revision that no longer exists is applied to the current text.
          revisionId === revision.id || (isLast && !revisions.some(({ id }) => id === revisionId)),
      )
      .sort((one, other) => one.at - other.at);
    const found = detections.filter(({ revisionId }) => revisionId === null || revisionId === revision.id);
    wasShown = false;
    const begin = firstStatus(ownDecisions, found.length > 0, isLast ? finalStatus : 'published');
    rule(number, 'pending', begin, ruleOf(found), revision.at);
    for (const decision of ownDecisions) {
      const step = actionOf(now, decision.status, decision.by);
      if (step)
        add({
          source: decision.id,
          revision: number,
          ...step,
          by: decision.by,
          rule: decision.by === null ? IMPORTED_RULE : null,
          from: now,
          reason: step.to === 'rejected' || step.to === 'removed' ? decision.reason : null,
          explanation: step.to === 'rejected' || step.to === 'removed' ? decision.explanation : null,
          note: decision.note,
          at: decision.at,
        });
    }
    if (isLast && asImported(now) !== finalStatus) rule(number, now, finalStatus, IMPORTED_RULE, last + 1);
  }
  const refusal = history.at(-1);
  const isRefused = (now as DecidedStatus) === 'rejected' || (now as DecidedStatus) === 'removed';
  return {
    status: now,
    decisions: history,
    wasShown,
    reason: isRefused ? (refusal?.reason ?? null) : null,
    explanation: isRefused ? (refusal?.explanation ?? null) : null,
  };
}

const asImported = (status: DecidedStatus): 'published' | 'held' | 'rejected' =>
  status === 'removed' ? 'rejected' : status;

/** The key is specific only if the source's rules found nothing but spam, because the scorer learns from it. */
function ruleOf(found: HistoryInput['detections']): NonNullable<PastDecision['rule']> {
  const why = found.map(({ reason }) => reason).filter((reason) => reason !== '');
  return {
    key: found.length > 0 && found.every(({ isSpam }) => isSpam) ? 'imported-spam' : 'imported',
    text: why.length > 0 ? why.join(', ') : IMPORTED_RULE.text,
  };
}

/** The status before anyone decided, derived from whether decisions exist and what the source's rules found. */
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
  if (by === null) return asImported(from) === to ? null : { action: ACTION_BY_STATUS[to], to };
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
