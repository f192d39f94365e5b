import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, forbidden, notFound, type Problem } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService, type GateLookup, type ReaderGate } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { policyFor, type Policy } from '../sites/policy.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { CommentTransitions } from './comment-transitions.js';
import { editRefusal, type ChangeRefusal } from './comment.policy.js';
import { CommentRepository, type LockedComment } from './comment.repository.js';
import { SubmissionService, parseCommentText } from './submission.service.js';

function editRefusalProblem(reason: ChangeRefusal, action: 'edit' | 'delete'): Problem {
  switch (reason) {
    case 'edit-window-closed':
      return conflict(reason, `The time limit to ${action} this comment has passed.`);
    case 'not-editable':
      return conflict(reason, 'This comment was rejected or removed by moderation and cannot be edited.');
  }
}

/** Lets authors edit and delete their own comments. */
@Injectable()
export class CommentEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly comments: CommentRepository,
    private readonly transitions: CommentTransitions,
    private readonly submission: SubmissionService,
  ) {}

  /**
   * Replaces a comment's text. The new text is scored like a new comment. An unchanged text has no effect.
   *
   * @throws Problem 400, 403 not the author or refused by the gate, 404, 409 `edit-window-closed` or `not-editable`,
   *   429
   */
  async edit(ctx: SiteContext, reader: SignedInReader, id: CommentId, raw: string): Promise<void> {
    await this.submission.enforceWriteLimit(ctx, reader);
    const lookup = await this.gates.lookUpEntitlements(ctx, reader);
    await this.database.inSite(ctx, async (tx) => {
      const { comment, readerGate, policy } = await this.lockOwnComment(tx, ctx, reader, id, 'edit', lookup);
      this.requireAllowed(ctx, readerGate, comment);
      const text = parseCommentText(raw, policy.body);
      if (text.body === comment.body) return;
      const result = await this.transitions.apply(tx, ctx, {
        commentId: id,
        expect: { status: [comment.status], revision: comment.revision },
        to: 'pending',
        cause: 'edited',
        keepsOldTextVisible: policy.showOldWhileScoring,
      });
      if (!result.ok) throw editRefusalProblem('not-editable', 'edit');
      await this.comments.addRevision(tx, ctx, id, result.revision, text, this.clock.now());
    });
  }

  /**
   * Deletes a comment. If it has visible replies, a placeholder without any content remains.
   *
   * @throws Problem 403 not the author, 404, 409 `edit-window-closed`
   */
  async remove(ctx: SiteContext, reader: SignedInReader, id: CommentId): Promise<void> {
    const lookup = await this.gates.lookUpEntitlements(ctx, reader);
    await this.database.inSite(ctx, async (tx) => {
      const { comment } = await this.lockOwnComment(tx, ctx, reader, id, 'delete', lookup);
      const result = await this.transitions.apply(tx, ctx, {
        commentId: id,
        expect: { status: [comment.status], revision: comment.revision },
        to: 'deleted',
        cause: 'deleted',
      });
      if (!result.ok) throw notFound('This comment');
    });
  }

  private async lockOwnComment(
    tx: Tx,
    ctx: SiteContext,
    reader: SignedInReader,
    id: CommentId,
    action: 'edit' | 'delete',
    lookup: GateLookup,
  ): Promise<{ comment: LockedComment; readerGate: ReaderGate; policy: Policy }> {
    const comment = await this.comments.lock(tx, ctx, id);
    if (!comment || comment.status === 'deleted') throw notFound('This comment');
    if (comment.authorId !== reader.id) {
      if (!comment.visible) throw notFound('This comment');
      throw forbidden('not-the-author', `Only the author can ${action} this comment.`);
    }
    const story = await this.stories.findById(ctx, comment.storyId);
    const readerGate = await this.gates.forReaderInTransaction(ctx, reader, story, lookup);
    const policy = policyFor(readerGate.inputs.resolvedPolicy.policy, readerGate.tier?.key ?? null);
    const reason = editRefusal(
      action,
      { authorId: reader.id, status: comment.status, createdAtMs: comment.createdAt.getTime() },
      policy.editWindowSeconds,
      this.clock.nowMs(),
    );
    if (reason) throw editRefusalProblem(reason, action);
    return { comment, readerGate, policy };
  }

  /**
   * Refuses edits by readers who may no longer comment here. An exhausted quota for new comments does not prevent
   * edits.
   *
   * @throws Problem 403
   */
  private requireAllowed(ctx: SiteContext, readerGate: ReaderGate, comment: LockedComment): void {
    const action = comment.parentId === null ? 'comment' : 'reply';
    const decision = readerGate.gate[action];
    if (!decision.allowed && decision.code !== 'quota-exceeded')
      throw this.gates.recordRefusal(ctx, readerGate, action, decision);
  }
}
