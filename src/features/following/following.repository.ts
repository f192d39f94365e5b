import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { CommentId, ReaderId, SiteId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** Selects one row per topic follower of a story: whom to notify, and because of which topic. */
export const FOLLOWED_BY_TOPIC = composeSql`
  SELECT t.story_id, t.type, t.key, p.reader_id, f.since
  FROM story_topic t
  JOIN portfolio_topic f ON f.site_id = t.site_id AND f.type = t.type AND f.key = t.key
  JOIN portfolio p ON p.site_id = f.site_id AND p.id = f.portfolio_id AND p.alerts`;

export const COMMENTS_WITH_FOLLOWERS = composeSql`SELECT c.id FROM comment c WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[]) AND (
     EXISTS (SELECT FROM followed_story f WHERE f.site_id = c.site_id AND f.story_id = c.story_id)
     OR EXISTS (SELECT FROM (${FOLLOWED_BY_TOPIC} WHERE t.site_id = $1) o WHERE o.story_id = c.story_id))`;

export const STORIES_WITH_FOLLOWERS = composeSql`SELECT DISTINCT o.story_id AS id FROM (${FOLLOWED_BY_TOPIC} WHERE t.site_id = $1 AND t.story_id = ANY ($2::uuid[])) o`;

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
    await tx.query(sql`DELETE FROM followed_story WHERE site_id = $1 AND story_id = $2 AND reader_id = $3`, [
      ctx.siteId,
      storyId,
      readerId,
    ]);
  }

  async isFollowed(tx: Tx, ctx: SiteContext, readerId: ReaderId, storyId: StoryId): Promise<boolean> {
    const rows = await tx.query(
      sql`SELECT 1 FROM followed_story WHERE site_id = $1 AND story_id = $2 AND reader_id = $3`,
      [ctx.siteId, storyId, readerId],
    );
    return rows.length > 0;
  }

  async countStories(tx: Tx, ctx: SiteContext, readerId: ReaderId): Promise<number> {
    const [{ count }] = await tx.query<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM followed_story WHERE site_id = $1 AND reader_id = $2`,
      [ctx.siteId, readerId],
    );
    return count;
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
    for (const table of ['followed_story', 'portfolio'] as const)
      await tx.query(composeSql`DELETE FROM ${table} WHERE site_id = $1 AND reader_id = ANY ($2::uuid[])`, [
        siteId,
        readerIds,
      ]);
  }
}
