import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, notFound } from '../../platform/http/problem.js';
import type { CommentId, StoryId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { threadChangedMessage, threadTopic } from './thread-changed-message.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** Whether a comment is picked or pinned by the editors. */
export interface FeaturedState {
  /** Is one of the editors' picks of its story. */
  picked: boolean;
  /** Comes first under its story in every sort order. */
  pinned: boolean;
}

interface Row {
  storyId: StoryId;
  isReply: boolean;
  visible: boolean;
  picked: boolean;
  pinned: boolean;
}

// Serialises pinning per story: of two concurrent pins, the later one wins.
const ONE_PIN_AT_A_TIME = sql`SELECT pg_advisory_xact_lock(hashtextextended('pin:' || c.story_id, 0))
  FROM comment c WHERE c.site_id = $1 AND c.id = $2`;
const READ = sql`SELECT story_id AS "storyId", parent_id IS NOT NULL AS "isReply", visible,
  picked_at IS NOT NULL AS picked, pinned_at IS NOT NULL AS pinned
  FROM comment WHERE site_id = $1 AND id = $2`;

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
      const [row] = await tx.query<Row>(READ, [ctx.siteId, commentId]);
      if (!row) throw notFound('This comment');
      return { picked: row.picked, pinned: row.pinned };
    });
  }

  /**
   * Sets the state of a comment; repeated calls change nothing. Pinning a comment unpins any other one of the story.
   *
   * @throws Problem 404, 409 if the comment is not published, or is a reply and should be pinned
   */
  set(ctx: SiteContext, commentId: CommentId, wanted: FeaturedState): Promise<FeaturedState> {
    return this.database.inSite(ctx, async (tx) => {
      // Take this lock before any row lock, so that no transaction waits for it while holding a row.
      if (wanted.pinned) await tx.query(ONE_PIN_AT_A_TIME, [ctx.siteId, commentId]);
      const [row] = await tx.query<Row>(composeSql`${READ} FOR NO KEY UPDATE`, [ctx.siteId, commentId]);
      if (!row) throw notFound('This comment');
      const isNewlyFeatured = (wanted.picked && !row.picked) || (wanted.pinned && !row.pinned);
      if (isNewlyFeatured && !row.visible)
        throw conflict('not-published', 'Only a published comment can be picked or pinned.');
      if (wanted.pinned && row.isReply)
        throw conflict('is-reply', 'A reply cannot be pinned; pick it instead.');
      if (wanted.picked === row.picked && wanted.pinned === row.pinned) return wanted;
      const now = this.clock.now();
      if (wanted.pinned && !row.pinned)
        await tx.query(
          sql`UPDATE comment SET pinned_at = NULL WHERE site_id = $1 AND story_id = $2 AND pinned_at IS NOT NULL`,
          [ctx.siteId, row.storyId],
        );
      await tx.query(
        sql`UPDATE comment SET picked_at = CASE WHEN $3::boolean THEN coalesce(picked_at, $5::timestamptz) END,
           pinned_at = CASE WHEN $4::boolean THEN coalesce(pinned_at, $5::timestamptz) END
         WHERE site_id = $1 AND id = $2`,
        [ctx.siteId, commentId, wanted.picked, wanted.pinned, now],
      );
      await this.pubsub.publish(
        tx,
        threadTopic(ctx.siteId, row.storyId),
        threadChangedMessage(ctx.siteId, row.storyId),
      );
      return wanted;
    });
  }
}
