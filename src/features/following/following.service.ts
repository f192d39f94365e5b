import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { conflict } from '../../platform/http/problem.js';
import type { ReaderId } from '../../platform/ids.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { StoryEntity } from '../stories/story.entity.js';
import { StoryRegistry } from '../stories/story-registry.js';
import type { FollowedStoryEntity } from './followed-story.entity.js';
import type { FollowedStoryAnswer } from './following.dto.js';
import { FollowingRepository } from './following.repository.js';
import { sql } from '../../platform/database/sql.js';

/** Maximum number of stories a reader can follow. */
const MAX_STORIES = 500;

type FollowedStoryRow = Pick<StoryEntity, 'id' | 'key' | 'title' | 'url'> &
  Pick<FollowedStoryEntity, 'since'>;

/** Stories that readers follow. */
@Injectable()
export class FollowingService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly following: FollowingRepository,
    private readonly stories: StoryRegistry,
    private readonly outbox: OutboxHandlers,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('following', ['reader.erased'], async (tx, events) => {
      const readerIds = events.map(({ payload }) => payload['readerId'] as ReaderId);
      await this.following.deleteForReaders(tx, events[0].siteId, readerIds);
      return [];
    });
  }

  /** @throws Problem 404 if the story does not exist and cannot be registered */
  async isFollowed(
    ctx: SiteContext,
    reader: SignedInReader,
    storyKey: string,
    hint: { url: string | undefined; title: string | undefined },
  ): Promise<boolean> {
    const story = await this.stories.resolve(ctx, storyKey, hint);
    return this.database.inSite(ctx, (tx) => this.following.isFollowed(tx, ctx, reader.id, story.id));
  }

  /** @throws Problem 404, 409 `too-many` */
  async follow(
    ctx: SiteContext,
    reader: SignedInReader,
    storyKey: string,
    hint: { url: string | undefined; title: string | undefined },
  ): Promise<void> {
    const story = await this.stories.resolve(ctx, storyKey, hint);
    await this.database.inSite(ctx, async (tx) => {
      if (await this.following.isFollowed(tx, ctx, reader.id, story.id)) return;
      if ((await this.following.countStories(tx, ctx, reader.id)) >= MAX_STORIES)
        throw conflict('too-many', `You already follow ${MAX_STORIES} stories. Stop following one first.`);
      await this.following.follow(tx, ctx, reader.id, story.id, this.clock.now());
    });
  }

  async unfollow(ctx: SiteContext, reader: SignedInReader, storyKey: string): Promise<void> {
    const story = await this.stories.resolve(ctx, storyKey, null);
    await this.database.inSite(ctx, (tx) => this.following.unfollow(tx, ctx, reader.id, story.id));
  }

  /** @throws Problem 400 for a cursor that this list did not issue */
  list(
    ctx: SiteContext,
    reader: SignedInReader,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<Page<FollowedStoryAnswer>> {
    const scope = `following:${reader.id}`;
    const [before = null] = this.cursors.read(scope, cursor) ?? [];
    return this.database.inSite(ctx, async (tx) => {
      const rows = await tx.query<FollowedStoryRow>(
        sql`SELECT s.id, s.key, s.title, s.url, f.since FROM followed_story f
         JOIN story s ON s.site_id = f.site_id AND s.id = f.story_id
         WHERE f.site_id = $1 AND f.reader_id = $2 AND ($3::uuid IS NULL OR f.story_id < $3)
         ORDER BY f.story_id DESC LIMIT $4`,
        [ctx.siteId, reader.id, before, limit + 1],
      );
      return this.cursors.page(
        rows,
        limit,
        scope,
        (row) => [row.id],
        ({ since, ...story }) => ({ story, since: since.toISOString() }),
      );
    });
  }
}
