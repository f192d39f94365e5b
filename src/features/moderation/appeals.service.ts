import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, notFound } from '../../platform/http/problem.js';
import { newId, type CommentId, type ReaderId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { DecisionRepository } from './decision.repository.js';
import type { AppealAnswer } from './appeals.dto.js';
import { appealEvent } from './moderation.events.js';
import { publishQueueEvent } from './queue-event.js';

/**
 * Opens appeals by authors of refused (rejected or removed) comments. A moderator decides an appeal by restoring the
 * comment or refusing it again.
 */
@Injectable()
export class AppealsService {
  constructor(
    private readonly database: Database,
    private readonly decisions: DecisionRepository,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 if the comment is not the reader's own, 409 `not-refused` or `already-appealed` */
  open(ctx: SiteContext, reader: ReaderId, commentId: CommentId, text: string): Promise<AppealAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      const comment = await this.decisions.lockComment(tx, ctx, commentId);
      if (comment?.authorId !== reader) throw notFound('This comment');
      if (comment.status !== 'rejected' && comment.status !== 'removed') {
        throw conflict('not-refused', 'Only a rejected or removed comment can be appealed.', {
          currentStatus: comment.status,
        });
      }
      const at = this.clock.now();
      const id = newId<'appeal'>();
      const appeal = { id, commentId, revision: comment.revision, text: text.trim(), at };
      if (!(await this.decisions.openAppeal(tx, ctx, appeal))) {
        throw conflict('already-appealed', 'You have already appealed this decision.');
      }
      await this.decisions.setQueueState(tx, ctx, commentId, {
        escalated: comment.escalated,
        waitingSince: at,
      });
      await this.outbox.add(tx, ctx, appealEvent('appeal.opened', comment, { id, state: 'open' }));
      await publishQueueEvent(this.pubsub, tx, ctx, {
        commentId,
        from: comment.status,
        status: comment.status,
      });
      return { id, commentId, state: 'open', createdAt: at.toISOString() };
    });
  }
}
