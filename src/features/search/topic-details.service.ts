import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import type { StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { checkTopicKey } from '../stories/topic-key.js';
import { TopicRepository } from '../stories/topic.repository.js';
import type { TopicAnswer } from './search.dto.js';
import { SearchView } from './search.view.js';

/** Maximum number of stories, and of comments. */
const MAX_LISTED = 5;
/** How many of the latest comments are checked to find MAX_LISTED that the reader may read. */
const MAX_COMMENTS_CHECKED = 20;

/**
 * Details of a topic (a company, an instrument or anything else that stories are about), with its latest stories and
 * comments.
 */
@Injectable()
export class TopicDetailsService {
  constructor(
    private readonly database: Database,
    private readonly topics: TopicRepository,
    private readonly view: SearchView,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
  ) {}

  /** @throws Problem 404 */
  async read(
    ctx: SiteContext,
    reader: SignedInReader | null,
    type: string,
    key: string,
  ): Promise<TopicAnswer> {
    checkTopicKey(type, key);
    const topic = await this.database.inSite(ctx, (tx) => this.topics.find(tx, ctx, type, key));
    if (!topic) throw notFound('This topic');
    const [{ items: stories }, storyCount, comments] = await Promise.all([
      this.view.stories(ctx, { text: '', topic: { type, key } }, { cursor: undefined, limit: MAX_LISTED }),
      this.view.storyCount(ctx, type, key),
      this.view.latestComments(ctx, type, key, MAX_COMMENTS_CHECKED),
    ]);
    const readableIds = await this.readableStoryIds(
      ctx,
      reader,
      new Set(comments.map(({ storyId }) => storyId)),
    );
    return {
      ...topic,
      storyCount,
      stories,
      comments: comments
        .filter(({ storyId }) => readableIds.has(storyId))
        .slice(0, MAX_LISTED)
        .map(({ storyId: _, ...comment }) => comment),
    };
  }

  private async readableStoryIds(
    ctx: SiteContext,
    reader: SignedInReader | null,
    storyIds: ReadonlySet<StoryId>,
  ): Promise<Set<StoryId>> {
    const readableIds = new Set<StoryId>();
    for (const storyId of storyIds) {
      const story = await this.stories.findById(ctx, storyId);
      if (!story) continue;
      const { gate } = await this.gates.forReader(ctx, reader, story);
      if (gate.read.allowed) readableIds.add(storyId);
    }
    return readableIds;
  }
}
