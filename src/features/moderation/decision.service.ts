import { Injectable } from '@nestjs/common';
import { callerOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, forbidden, notFound, Problem } from '../../platform/http/problem.js';
import { newId, type CommentId, type DecisionId, type ModeratorId } from '../../platform/ids.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentTransitions, type Transition } from '../comments/comment-transitions.js';
import { isRefused, type CommentStatus } from '../comments/comment-status.js';
import type { EventDecision } from '../comments/comments.events.js';
import { reasonTextFor } from '../sites/reason-text.js';
import { SiteSettings } from '../sites/site-settings.js';
import {
  DecisionRepository,
  type LockedComment,
  type NewDecision,
  type DecisionBaseline,
  type StoredDecision,
} from './decision.repository.js';
import { appealEvent } from './moderation.events.js';
import { effectOf, type ModeratorAction, type ActionEffect } from './moderator-actions.js';
import { publishQueueEvent } from './queue-event.js';

/** How long a moderator may undo a decision. */
export const UNDO_MS = 30_000;

export interface DecisionRequest {
  commentId: CommentId;
  /** The revision that the moderator read. */
  revision: number;
  action: ModeratorAction;
  /** Code of one of the site's reasons. The author sees the reason's text. */
  reason?: string;
  /** Visible to moderators only. */
  note?: string;
}

/** Identifies the decisions that the request was based on. If there is a newer one, the request is refused. */
type BasedOn =
  /** When the request arrived: `performance.now()` of this process. */
  | { readonly arrivedAtMs: number }
  /** Number of decisions by people when the comment was selected; null: unknown. */
  | { readonly decisionCount: number | null };

export interface DecisionOutcome {
  commentId: CommentId;
  status: CommentStatus;
  decisionId: DecisionId;
}

/** Makes and undoes decisions by people. Changes statuses through CommentTransitions. */
@Injectable()
export class DecisionService {
  private readonly counter;

  constructor(
    private readonly database: Database,
    private readonly decisions: DecisionRepository,
    private readonly transitions: CommentTransitions,
    private readonly sites: SiteSettings,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter('postbag_decisions_total', 'Decisions by decider, action and rule.', [
      'by',
      'action',
      'rule',
    ]);
  }

  /**
   * Locks comments for several decisions that commit together (a list with an idempotency key). Otherwise two such
   * lists, or a list and another decision, could deadlock. Does nothing if each decision commits separately.
   */
  async lockInOrder(ctx: SiteContext, ids: readonly CommentId[]): Promise<void> {
    if (ids.length < 2 || !(this.database.isInTransaction() || this.database.isInUnit())) return;
    await this.database.inSite(ctx, (tx) => this.decisions.lockForAll(tx, ctx, ids));
  }

  /**
   * Decides one comment. The comment is locked. If two moderators decide at the same time, the second gets a conflict,
   * because a request that arrived before the other decision was stored cannot take it into account.
   *
   * @throws Problem 404, 409 `old-revision`, `already-decided` (with who and when), `wrong-status`, `claimed` (by
   *   another moderator), `in-bulk` (part of a bulk decision), 403 `own-decision` (an appeal against the caller's own
   *   decision); nothing is changed
   */
  decide(ctx: SiteContext, request: DecisionRequest, arrivedAtMs: number): Promise<DecisionOutcome> {
    return this.decideAs(ctx, request, { arrivedAtMs });
  }

  /** Like `decide`, for an item of a bulk decision. Claims of others do not block it. */
  decideInBulk(
    ctx: SiteContext,
    request: DecisionRequest,
    decisionCount: number | null,
  ): Promise<DecisionOutcome> {
    return this.decideAs(ctx, request, { decisionCount });
  }

  private decideAs(ctx: SiteContext, request: DecisionRequest, basedOn: BasedOn): Promise<DecisionOutcome> {
    const isSingleDecision = 'arrivedAtMs' in basedOn;
    return this.database.inSite(ctx, async (tx) => {
      const baseline = isSingleDecision
        ? await this.decisions.readBaseline(
            tx,
            ctx,
            request.commentId,
            performance.now() - basedOn.arrivedAtMs,
          )
        : { count: basedOn.decisionCount, arrivedAt: null };
      const comment = await this.decisions.lockComment(tx, ctx, request.commentId, callerId(ctx));
      if (!comment) throw notFound('This comment');
      if (comment.revision !== request.revision) throw oldRevision(comment);
      if (comment.isOwn) throw ownComment();
      if (comment.isExcludedByStrictMode) throw strictStory();
      const effect = effectOf(isSingleDecision ? request.action : actionInBulk(request.action, comment), {
        status: comment.status,
        escalated: comment.escalated,
        hasFlags: comment.flagCount > 0,
        hasAppeal: comment.appealId !== null,
      });
      if (effect.kind === 'already-decided' || wasDecidedSince(baseline, comment)) {
        throw alreadyDecided(comment, await this.decisions.latest(tx, ctx, comment.id));
      }
      if (effect.kind === 'wrong-status') throw wrongStatus(comment, request.action);
      if (effect.kind === 'move' && effect.appeal) await this.checkAppeal(tx, ctx, comment.id);
      if (isSingleDecision) {
        if (comment.isInBulk) throw inBulk();
        await this.checkClaim(tx, ctx, comment.id);
      }
      return this.apply(tx, ctx, comment, request, effect);
    });
  }

  /**
   * Undoes the caller's own decision. The comment gets its former status and queue entry.
   *
   * @throws Problem 404, 403 if it is somebody else's, 409 if it is too late or the comment has changed since
   */
  undo(ctx: SiteContext, id: DecisionId): Promise<DecisionOutcome> {
    return this.database.inSite(ctx, async (tx) => {
      const found = await this.decisions.find(tx, ctx, id);
      if (!found) throw notFound('This decision');
      const comment = await this.decisions.lockComment(tx, ctx, found.commentId);
      // Read again under the lock, so that the second of two concurrent undos sees the first.
      const [undone, latest] = [
        await this.decisions.find(tx, ctx, id),
        await this.decisions.latest(tx, ctx, found.commentId),
      ];
      if (!comment || !undone) throw notFound('This decision');
      this.checkUndo(ctx, comment, undone, latest);
      return this.reverse(tx, ctx, comment, undone);
    });
  }

  private async apply(
    tx: Tx,
    ctx: SiteContext,
    comment: LockedComment,
    request: DecisionRequest,
    effect: Exclude<ActionEffect, { kind: 'already-decided' | 'wrong-status' }>,
  ): Promise<DecisionOutcome> {
    const to = effect.kind === 'move' ? effect.to : comment.status;
    const authorReasonText =
      effect.kind === 'move' && isRefused(to) ? await this.reasonTextForAuthor(ctx, comment, request) : null;
    const decision = await this.newDecision(ctx, comment, {
      action: request.action,
      reason: request.reason ?? null,
      reasonText: authorReasonText,
      note: request.note ?? null,
      to,
    });
    // A comment whose status does not change keeps its reason and reason text unless there is a new reason.
    const isUnchanged = to === comment.status && request.reason === undefined;
    const reason = isUnchanged ? (comment.reason ?? undefined) : request.reason;
    const reasonText = isUnchanged ? comment.reasonText : authorReasonText;
    const event: EventDecision = {
      id: decision.id,
      by: 'moderator',
      ...(reason === undefined ? {} : { reason }),
    };
    if (effect.kind === 'move') {
      await this.applyTransition(tx, ctx, comment, to, { cause: 'moderated', decision: event, reasonText });
      if (effect.appeal && comment.appealId) {
        await this.decisions.closeAppeal(
          tx,
          ctx,
          comment.appealId,
          effect.appeal,
          decision.id,
          decision.createdAt,
        );
        const appeal = { id: comment.appealId, state: effect.appeal };
        await this.outbox.add(
          tx,
          ctx,
          appealEvent('appeal.decided', { ...comment, status: to }, appeal, event, reasonText),
        );
      }
    } else {
      const waitingSince = comment.waitingSince ?? decision.createdAt;
      await this.decisions.setQueueState(tx, ctx, comment.id, { escalated: true, waitingSince });
      await publishQueueEvent(this.pubsub, tx, ctx, { commentId: comment.id, from: to, status: to });
    }
    this.decisions.releaseClaims(tx, ctx, comment.id);
    // Last, so that its timestamp is as close to the commit as possible.
    this.decisions.insert(tx, ctx, decision);
    tx.afterCommit(() => this.counter.inc({ by: 'moderator', action: request.action, rule: '' }));
    return { commentId: comment.id, status: to, decisionId: decision.id };
  }

  private async reverse(
    tx: Tx,
    ctx: SiteContext,
    comment: LockedComment,
    undone: StoredDecision,
  ): Promise<DecisionOutcome> {
    // A comment that was decided before its scores arrived may have been seen by readers. It waits for a person now.
    const to = undone.from === 'pending' ? 'held' : undone.from;
    const decision = await this.newDecision(ctx, comment, { action: 'undo', to, reverses: undone.id });
    if (undone.action !== 'escalate') {
      const reason = undone.wasReason ?? undefined;
      await this.applyTransition(tx, ctx, comment, to, {
        cause: 'undone',
        decision: { id: decision.id, by: 'moderator', ...(reason === undefined ? {} : { reason }) },
        reasonText: undone.wasReasonText,
        undoes: undone.id,
      });
    }
    await this.decisions.setQueueState(tx, ctx, comment.id, {
      escalated: undone.wasEscalated,
      waitingSince: undone.wasWaitingSince ?? (to === 'held' ? decision.createdAt : null),
    });
    const appealId = await this.decisions.reopenAppeal(tx, ctx, undone.id);
    if (appealId) {
      await this.outbox.add(
        tx,
        ctx,
        appealEvent('appeal.opened', { ...comment, status: to }, { id: appealId, state: 'open' }),
      );
    }
    await publishQueueEvent(this.pubsub, tx, ctx, {
      commentId: comment.id,
      from: comment.status,
      status: to,
    });
    this.decisions.insert(tx, ctx, decision);
    tx.afterCommit(() => this.counter.inc({ by: 'moderator', action: 'undo', rule: '' }));
    return { commentId: comment.id, status: to, decisionId: decision.id };
  }

  /**
   * Refuses a decision on an appeal against the caller's own decision. API keys are exempt, because their owner
   * controls who uses them.
   */
  private async checkAppeal(tx: Tx, ctx: SiteContext, id: CommentId): Promise<void> {
    if (ctx.principal.kind !== 'moderator') return;
    const refusal = await this.decisions.lastRefusal(tx, ctx, id);
    if (refusal?.moderatorId !== ctx.principal.moderatorId) return;
    throw forbidden(
      'own-decision',
      'You rejected or removed this comment yourself, so somebody else must decide the appeal. Leave it in the queue, or escalate it.',
      { decisionId: refusal.id, decidedAt: refusal.createdAt.toISOString() },
    );
  }

  /** Refuses a decision about a comment that another moderator has claimed. Claims do not apply to programs. */
  private async checkClaim(tx: Tx, ctx: SiteContext, id: CommentId): Promise<void> {
    if (ctx.principal.kind !== 'moderator') return;
    const claimant = await this.decisions.claimant(tx, ctx, id, this.clock.now());
    if (!claimant || claimant.id === ctx.principal.moderatorId) return;
    throw conflict('claimed', `${claimant.name} has claimed this comment.`, { claimedBy: claimant });
  }

  private checkUndo(
    ctx: SiteContext,
    comment: LockedComment,
    undone: StoredDecision,
    latest: StoredDecision | null,
  ): void {
    const caller = deciderOf(ctx.principal);
    const isOwnDecision =
      undone.by === 'moderator' &&
      (caller.moderatorId === null
        ? undone.apiCaller === caller.apiCaller
        : undone.moderatorId === caller.moderatorId);
    if (!isOwnDecision)
      throw forbidden('not-your-decision', 'Only the moderator who made this decision can undo it.');
    if (undone.reversedBy) throw conflict('already-undone', 'This decision was already undone.');
    if (undone.action === 'undo') throw conflict('not-undoable', 'An undo cannot be undone.');
    if (this.clock.nowMs() - undone.createdAt.getTime() > UNDO_MS) {
      throw conflict('undo-expired', `A decision can be undone for ${UNDO_MS / 1000} seconds only.`);
    }
    if (latest?.id !== undone.id || comment.status !== undone.to || comment.revision !== undone.revision) {
      throw conflict('moved-on', 'The comment has changed since this decision, so it cannot be undone.', {
        currentStatus: comment.status,
      });
    }
  }

  /**
   * The text that the author sees for a refusal, in the language of the page they wrote on. It is stored with the
   * decision, so that it does not change when the site's reasons change.
   */
  private async reasonTextForAuthor(
    ctx: SiteContext,
    { pageLanguage }: LockedComment,
    { reason }: DecisionRequest,
  ): Promise<string | null> {
    if (reason === undefined) return null;
    const { policy } = await this.sites.get(ctx.siteId);
    return reasonTextFor(policy.reasons, reason, pageLanguage);
  }

  private async newDecision(
    ctx: SiteContext,
    comment: LockedComment,
    fields: Pick<NewDecision, 'action' | 'reason' | 'reasonText' | 'note' | 'to' | 'reverses'>,
  ): Promise<NewDecision> {
    const site = await this.sites.get(ctx.siteId);
    return {
      ...fields,
      ...deciderOf(ctx.principal),
      id: newId<'decision'>(),
      commentId: comment.id,
      revision: comment.revision,
      from: comment.status,
      before: comment,
      policyVersion: site.policyVersion,
      createdAt: this.clock.now(),
    };
  }

  private async applyTransition(
    tx: Tx,
    ctx: SiteContext,
    comment: LockedComment,
    to: CommentStatus,
    details: Pick<Transition, 'decision' | 'reasonText' | 'undoes'> & { cause: 'moderated' | 'undone' },
  ): Promise<void> {
    const result = await this.transitions.apply(tx, ctx, {
      commentId: comment.id,
      expect: { status: [comment.status], revision: comment.revision },
      to,
      ...details,
    });
    // The row is locked and CommentTransitions allows the change, so a refusal here is a bug.
    if (!result.ok)
      throw new Error(`a ${comment.status} comment could not be moved to ${to} (${details.cause})`);
  }
}

const callerId = ({ principal }: SiteContext): ModeratorId | null =>
  principal.kind === 'moderator' ? principal.moderatorId : null;

/** In a bulk decision, `remove` also rejects comments that are not published yet. */
const actionInBulk = (action: ModeratorAction, { status }: LockedComment): ModeratorAction =>
  action === 'remove' && (status === 'held' || status === 'pending') ? 'reject' : action;

const ownComment = (): Problem =>
  forbidden('own-comment', 'You wrote this comment, so somebody else must decide on it.');

const strictStory = (): Problem =>
  forbidden(
    'strict-story',
    'This story is in strict mode. Only the moderators listed for it can decide here.',
  );

/** The decider, with the fields that a decision stores. */
export function deciderOf(principal: Principal): {
  moderatorId: ModeratorId | null;
  apiCaller: string | null;
} {
  return principal.kind === 'moderator'
    ? { moderatorId: principal.moderatorId, apiCaller: null }
    : { moderatorId: null, apiCaller: callerOf(principal) };
}

function wasDecidedSince(
  baseline: { count: number | null; arrivedAt: DecisionBaseline['arrivedAt'] | null },
  { decisionCount, lastDecidedAt }: LockedComment,
): boolean {
  if (baseline.count !== null && decisionCount !== baseline.count) return true;
  return baseline.arrivedAt !== null && lastDecidedAt !== null && lastDecidedAt > baseline.arrivedAt;
}

function oldRevision({ revision }: LockedComment): Problem {
  return conflict('old-revision', 'The comment was edited in the meantime. Read the new text first.', {
    currentRevision: revision,
  });
}

function alreadyDecided({ status }: LockedComment, latest: StoredDecision | null): Problem {
  const who = latest?.by === 'rule' ? 'a rule' : (latest?.moderatorName ?? 'somebody');
  return conflict('already-decided', `The comment was already decided by ${who}.`, {
    currentStatus: status,
    ...(latest
      ? {
          decidedBy: latest.moderatorId ? { id: latest.moderatorId, name: latest.moderatorName } : latest.by,
          decidedAt: latest.createdAt.toISOString(),
          decisionId: latest.id,
        }
      : {}),
  });
}

const inBulk = (): Problem =>
  conflict('in-bulk', 'A colleague has just included this comment in a bulk decision.');

const wrongStatus = ({ status }: LockedComment, action: ModeratorAction): Problem =>
  conflict('wrong-status', `A ${status} comment does not allow the action ${action}.`, {
    currentStatus: status,
  });
