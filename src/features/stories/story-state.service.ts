import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { invalid, notFound } from '../../platform/http/problem.js';
import type { SiteId, StoryId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import { storyEvent } from './stories.events.js';
import type { StoryState } from './story-facts.js';
import { StoryEntity } from './story.entity.js';
import { publishStoryChanged } from './story-changed-message.js';
import { sql } from '../../platform/database/sql.js';

const POLL_INTERVAL_MS = 5_000;
const MAX_DUE = 100;

type LockedStory = Pick<StoryEntity, 'id' | 'key' | 'url' | 'title' | 'state'>;

export interface StoryOpenState {
  readonly state: StoryState;
  /**
   * When the story closes automatically; null: it does not, regardless of the site's policy. Always null for a closed
   * story.
   */
  readonly closesAt: Date | null;
}

/**
 * Controls whether a story accepts comments. A story is closed by staff, at its closing time, or at a certain age if
 * the site's policy closes old stories.
 */
@Injectable()
export class StoryStateService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('story-closings', POLL_INTERVAL_MS, () => this.closeDue());
  }

  /** @throws Problem 404 if there is no such story, 400 for a closing time in the past */
  set(ctx: SiteContext, id: StoryId, requested: StoryOpenState): Promise<void> {
    const closesAt = requested.state === 'open' ? requested.closesAt : null;
    if (closesAt && closesAt <= this.clock.now())
      throw invalid([
        { pointer: '/closesAt', code: 'in-the-past', message: 'closesAt must be in the future.' },
      ]);
    return this.database.inSite(ctx, async (tx) => {
      const story = await this.lockStory(tx, ctx, id);
      if (!story) throw notFound('This story');
      await this.updateState(tx, ctx, story, { state: requested.state, closesAt });
    });
  }

  /** Closes stories whose closing time has passed, at most `MAX_DUE` at a time. */
  async closeDue(): Promise<void> {
    const now = this.clock.now();
    const due = await this.database.inSystem((tx) =>
      tx.query<{ siteId: SiteId; storyId: StoryId }>(
        sql`SELECT site_id AS "siteId", story_id AS "storyId" FROM due_story_closings($1, $2)`,
        [now, MAX_DUE],
      ),
    );
    for (const { siteId, storyId } of due) {
      const ctx = systemContext(siteId, `close-${storyId}`);
      await this.database.inSite(ctx, async (tx) => {
        const story = await this.lockStory(tx, ctx, storyId, now);
        // Null if the closing time was postponed since the query, or another worker has closed the story.
        if (story) await this.updateState(tx, ctx, story, { state: 'closed', closesAt: null });
      });
    }
  }

  private async lockStory(
    tx: Tx,
    ctx: SiteContext,
    id: StoryId,
    dueAt: Date | null = null,
  ): Promise<LockedStory | null> {
    const [row] = await tx.query<LockedStory>(
      sql`SELECT id, key, url, title, state FROM story
       WHERE site_id = $1 AND id = $2 AND ($3::timestamptz IS NULL OR story_closes_at(story) <= $3) FOR UPDATE`,
      [ctx.siteId, id, dueAt],
    );
    return row ?? null;
  }

  private async updateState(
    tx: Tx,
    ctx: SiteContext,
    story: LockedStory,
    { state, closesAt }: StoryOpenState,
  ): Promise<void> {
    const exemptFromAutoClose = state === 'open' && closesAt === null;
    await tx.manager
      .getRepository(StoryEntity)
      .update(
        { siteId: ctx.siteId, id: story.id },
        { state, closesAt, exemptFromAutoClose, updatedAt: this.clock.now() },
      );
    if (story.state !== state) {
      const type = state === 'closed' ? 'story.closed' : 'story.reopened';
      await this.outbox.add(tx, ctx, storyEvent(type, { ...story, state }));
    }
    await publishStoryChanged(this.pubsub, tx, ctx, story);
  }
}
