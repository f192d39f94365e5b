import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, notFound } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentEntity } from './comment.entity.js';
import { threadChangedMessage, threadTopic } from './thread-changed-message.js';
import { sql } from '../../platform/database/sql.js';

/** Whether a comment is picked or pinned by the editors. */
export interface FeaturedState {
  /** Is one of the editors' picks of its story. */
  picked: boolean;
  /** Comes first under its story in every sort order. */
  pinned: boolean;
}

// Serialises pinning per story: of two concurrent pins, the later one wins.
const LOCK_PIN_OF_STORY = sql`SELECT pg_advisory_xact_lock(hashtextextended('pin:' || c.story_id, 0))
  FROM comment c WHERE c.site_id = $1 AND c.id = $2`;

const stateOf = ({ pickedAt, pinnedAt }: CommentEntity): FeaturedState => ({
  picked: pickedAt !== null,
  pinned: pinnedAt !== null,
});

/** Editors' picks and pinned comments. Neither is a decision: they do not change a comment's visibility. */
@Injectable()
export class FeaturedCommentsService {
  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  read(ctx: SiteContext, commentId: CommentId): Promise<FeaturedState> {
    return this.database.inSite(ctx, async (tx) => {
      const comments = tx.manager.getRepository(CommentEntity);
      const comment = await comments.findOneBy({ siteId: ctx.siteId, id: commentId });
      if (!comment) throw notFound('This comment');
      return stateOf(comment);
    });
  }

  /**
   * Sets the state of a comment; repeated calls change nothing. Pinning a comment unpins any other one of the story.
   *
   * @throws Problem 404, 409 if the comment is not published, or if it is a reply and is to be pinned
   */
  set(ctx: SiteContext, commentId: CommentId, requested: FeaturedState): Promise<FeaturedState> {
    return this.database.inSite(ctx, async (tx) => {
      // Take this lock before any row lock, so that no transaction waits for it while holding a row.
      if (requested.pinned) await tx.query(LOCK_PIN_OF_STORY, [ctx.siteId, commentId]);
      const comments = tx.manager.getRepository(CommentEntity);
      const key = { siteId: ctx.siteId, id: commentId };
      const comment = await comments.findOne({ where: key, lock: { mode: 'for_no_key_update' } });
      if (!comment) throw notFound('This comment');
      const { picked, pinned } = stateOf(comment);
      const isNewlyFeatured = (requested.picked && !picked) || (requested.pinned && !pinned);
      if (isNewlyFeatured && !comment.visible)
        throw conflict('not-published', 'Only a published comment can be picked or pinned.');
      if (requested.pinned && comment.parentId !== null)
        throw conflict('is-reply', 'A reply cannot be pinned; pick it instead.');
      if (requested.picked === picked && requested.pinned === pinned) return requested;
      const now = this.clock.now();
      if (requested.pinned && !pinned) {
        const otherPin = { siteId: ctx.siteId, storyId: comment.storyId, pinnedAt: Not(IsNull()) };
        await comments.update(otherPin, { pinnedAt: null });
      }
      await comments.update(key, {
        pickedAt: requested.picked ? (comment.pickedAt ?? now) : null,
        pinnedAt: requested.pinned ? (comment.pinnedAt ?? now) : null,
      });
      await this.pubsub.publish(
        tx,
        threadTopic(ctx.siteId, comment.storyId),
        threadChangedMessage(ctx.siteId, comment.storyId),
      );
      return requested;
    });
  }
}
