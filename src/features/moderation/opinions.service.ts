import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, forbidden, notFound } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { DecisionRepository } from './decision.repository.js';
import { publishQueueEvent } from './queue-event.js';
import { OpinionEntity } from './opinion.entity.js';
import { QueueClaimEntity } from './queue-claim.entity.js';
import { QueueEntryEntity } from './queue-entry.entity.js';

export const LEANINGS = ['approve', 'reject', 'unsure'] as const;
export type Leaning = (typeof LEANINGS)[number];

export interface OpinionInput {
  /** The revision that was read. */
  revision: number;
  leaning: Leaning;
  note?: string;
}

/**
 * Records the opinion of a moderator who leaves the decision to a colleague. The comment stays in the queue.
 */
@Injectable()
export class OpinionsService {
  constructor(
    private readonly database: Database,
    private readonly decisions: DecisionRepository,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404, 403 `moderators-only` or `own-comment`, 409 `old-revision` or `not-waiting` */
  record(ctx: SiteContext, commentId: CommentId, input: OpinionInput): Promise<void> {
    const { principal } = ctx;
    if (principal.kind !== 'moderator') {
      throw forbidden('moderators-only', 'Only a moderator can give an opinion. Sign in to the console.');
    }
    return this.database.inSite(ctx, async (tx) => {
      const comment = await this.decisions.lockComment(tx, ctx, commentId, principal.moderatorId);
      if (!comment) throw notFound('This comment');
      if (comment.isOwn) throw forbidden('own-comment', 'You wrote this comment, so others must review it.');
      if (comment.revision !== input.revision) {
        throw conflict('old-revision', 'The comment was edited in the meantime. Read the new text first.', {
          currentRevision: comment.revision,
        });
      }
      const { siteId } = ctx;
      const { moderatorId } = principal;
      if (!(await tx.manager.existsBy(QueueEntryEntity, { siteId, commentId })))
        throw conflict('not-waiting', 'This comment is not in the moderation queue, so it needs no opinion.');
      const { revision, leaning, note = null } = input;
      await tx.manager.upsert(
        OpinionEntity,
        { siteId, commentId, revision, moderatorId, leaning, note, createdAt: this.clock.now() },
        ['siteId', 'commentId', 'revision', 'moderatorId'],
      );
      // A colleague should decide now, so the caller's claim must not block them.
      await tx.manager.delete(QueueClaimEntity, { siteId, commentId, moderatorId });
      const { status } = comment;
      await publishQueueEvent(this.pubsub, tx, ctx, { commentId, from: status, status, claimsChanged: true });
    });
  }
}
