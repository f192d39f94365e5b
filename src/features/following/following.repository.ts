import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { CommentId, ReaderId, SiteId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { FollowedStoryEntity } from './followed-story.entity.js';
import { PortfolioEntity } from './portfolio.entity.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** FROM clause: one row for each topic of a story and each alert portfolio that contains the topic. */
const TOPIC_FOLLOWERS = composeSql`story_topic t
  JOIN portfolio_topic f ON f.site_id = t.site_id AND f.type = t.type AND f.key = t.key
  JOIN portfolio p ON p.site_id = f.site_id AND p.id = f.portfolio_id AND p.alerts`;

export const COMMENTS_WITH_FOLLOWERS = composeSql`
  SELECT c.id FROM comment c WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[]) AND (
    EXISTS (SELECT FROM followed_story f WHERE f.site_id = c.site_id AND f.story_id = c.story_id)
    OR EXISTS (SELECT FROM ${TOPIC_FOLLOWERS} WHERE t.site_id = $1 AND t.story_id = c.story_id))`;

export const STORIES_WITH_FOLLOWERS = composeSql`
  SELECT DISTINCT t.story_id AS id FROM ${TOPIC_FOLLOWERS} WHERE t.site_id = $1 AND t.story_id = ANY ($2::uuid[])`;

/** Stores followed stories and finds their followers. */
@Injectable()
export class FollowingRepository {
  async follow(tx: Tx, ctx: SiteContext, readerId: ReaderId, storyId: StoryId, now: Date): Promise<void> {
    await tx.query(
      sql`INSERT INTO followed_story (site_id, story_id, reader_id, since) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, storyId, readerId, now],
    );
  }

  async unfollow(tx: Tx, ctx: SiteContext, readerId: ReaderId, storyId: StoryId): Promise<void> {
    await tx.manager.getRepository(FollowedStoryEntity).delete({ siteId: ctx.siteId, storyId, readerId });
  }

  isFollowed(tx: Tx, ctx: SiteContext, readerId: ReaderId, storyId: StoryId): Promise<boolean> {
    return tx.manager.getRepository(FollowedStoryEntity).existsBy({ siteId: ctx.siteId, storyId, readerId });
  }

  countStories(tx: Tx, ctx: SiteContext, readerId: ReaderId): Promise<number> {
    return tx.manager.getRepository(FollowedStoryEntity).countBy({ siteId: ctx.siteId, readerId });
  }

  /** @returns those of the comments whose story, or one of its topics, has followers */
  async commentsWithFollowers(tx: Tx, siteId: SiteId, ids: readonly CommentId[]): Promise<CommentId[]> {
    const rows = await tx.prepared<{ id: CommentId }>('following-comments', COMMENTS_WITH_FOLLOWERS, [
      siteId,
      ids,
    ]);
    return rows.map(({ id }) => id);
  }

  /** @returns those of the stories with a topic that somebody follows */
  async storiesWithFollowers(tx: Tx, siteId: SiteId, ids: readonly StoryId[]): Promise<StoryId[]> {
    const rows = await tx.query<{ id: StoryId }>(STORIES_WITH_FOLLOWERS, [siteId, ids]);
    return rows.map(({ id }) => id);
  }

  async deleteForReaders(tx: Tx, siteId: SiteId, readerIds: readonly ReaderId[]): Promise<void> {
    for (const entity of [FollowedStoryEntity, PortfolioEntity])
      await tx.manager.getRepository(entity).delete({ siteId, readerId: In(readerIds) });
  }
}
