import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { newId, type StoryId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { StoryFacts, StoryState, Topic } from './story-facts.js';
import { StoryEntity } from './story.entity.js';
import { storyEvent } from './stories.events.js';
import { publishStoryChanged } from './story-changed-message.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export type StoryRow = Omit<
  StoryEntity,
  'siteId' | 'searchVector' | 'closesAt' | 'exemptFromAutoClose' | 'titleReadAt'
>;

/** A validated story description from the publisher. */
export interface StoryDraft {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly section: string | null;
  readonly publishedAt: Date | null;
  readonly topics: readonly Topic[];
  /** Null keeps the current state; a new story is open. */
  readonly state: StoryState | null;
  readonly policy: unknown;
}

const COLUMNS = composeSql`id, key, url, title, title_source AS "titleSource", title_hint AS "titleHint", section,
  published_at AS "publishedAt", topics, state, policy, comment_count AS "commentCount", created_at AS "createdAt",
  updated_at AS "updatedAt"`;

export const factsOf = (row: StoryRow): StoryFacts => ({
  id: row.id,
  key: row.key,
  url: row.url,
  title: row.title,
  section: row.section,
  publishedAt: row.publishedAt,
  topics: row.topics,
  state: row.state,
  ownPolicy: row.policy,
});

export const FIND_STORY_BY_ID = composeSql`SELECT ${COLUMNS} FROM story WHERE site_id = $1 AND id = $2`;

export const FIND_STORY_BY_KEY = composeSql`SELECT ${COLUMNS} FROM story WHERE site_id = $1 AND key = $2`;

export const LIST_STORIES = composeSql`SELECT ${COLUMNS} FROM story WHERE site_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;

export const INSERT_STORY = composeSql`INSERT INTO story (site_id, id, key, url, title, title_source, title_hint, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, 'path', $6, $7, $7)
   ON CONFLICT (site_id, key) DO NOTHING RETURNING ${COLUMNS}`;

export const UPSERT_STORY = composeSql`INSERT INTO story (site_id, id, key, url, title, section, published_at, topics, state, policy, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, 'open'), $10, $11, $11)
   ON CONFLICT (site_id, key) DO UPDATE SET url = excluded.url, title = excluded.title,
     title_source = 'publisher', title_hint = NULL, section = excluded.section,
     published_at = excluded.published_at, topics = excluded.topics, state = coalesce($9, story.state),
     exempt_from_auto_close = CASE WHEN $9 = 'closed' THEN false ELSE story.exempt_from_auto_close OR coalesce($9 = 'open', false) AND story.state = 'closed' END,
     policy = excluded.policy, updated_at = excluded.updated_at
   RETURNING ${COLUMNS}, xmax = 0 AS "isNew"`;

@Injectable()
export class StoryRepository {
  constructor(
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
  ) {}

  async findByKey(tx: Tx, ctx: SiteContext, key: string): Promise<StoryFacts | null> {
    const row = await this.rowByKey(tx, ctx, key);
    return row && factsOf(row);
  }

  async findById(tx: Tx, ctx: SiteContext, id: StoryId): Promise<StoryFacts | null> {
    const [row] = await tx.prepared<StoryRow>('story-by-id', FIND_STORY_BY_ID, [ctx.siteId, id]);
    return row ? factsOf(row) : null;
  }

  async rowByKey(tx: Tx, ctx: SiteContext, key: string): Promise<StoryRow | null> {
    const [row] = await tx.prepared<StoryRow>('story-by-key', FIND_STORY_BY_KEY, [ctx.siteId, key]);
    return row ?? null;
  }

  /** Lists stories, newest first: up to `limit` of those created before the story with id `before`. */
  list(tx: Tx, ctx: SiteContext, before: string | null, limit: number): Promise<StoryRow[]> {
    return tx.query<StoryRow>(LIST_STORIES, [ctx.siteId, before, limit]);
  }

  /** Creates a story from a visitor's request. If another request has just created it, returns that story. */
  async register(
    tx: Tx,
    ctx: SiteContext,
    page: {
      readonly key: string;
      readonly url: string;
      readonly title: string;
      readonly titleHint: string | null;
    },
    now: Date,
  ): Promise<StoryFacts> {
    const [inserted] = await tx.query<StoryRow>(INSERT_STORY, [
      ctx.siteId,
      newId<'story'>(now.getTime()),
      page.key,
      page.url,
      page.title,
      page.titleHint,
      now,
    ]);
    if (!inserted) return (await this.findByKey(tx, ctx, page.key))!;
    await this.outbox.add(tx, ctx, storyEvent('story.created', inserted));
    return factsOf(inserted);
  }

  /** The URL of a story that has no confirmed title yet, else null. */
  async findUntitledStoryUrl(tx: Tx, ctx: SiteContext, id: StoryId): Promise<string | null> {
    const story = await tx.manager
      .getRepository(StoryEntity)
      .findOneBy({ siteId: ctx.siteId, id, titleSource: 'path' });
    return story?.url ?? null;
  }

  /**
   * Stores the title read from a story's page, unless the publisher has provided a title in the meantime. The page
   * is not read again, even if it had no title.
   *
   * @param page the URL that was read and its title, if it has one; null if the page could not be read
   */
  async savePageTitle(
    tx: Tx,
    ctx: SiteContext,
    id: StoryId,
    page: { readonly url: string; readonly title: string | null } | null,
    now: Date,
  ): Promise<void> {
    const [row] = await tx.query<Pick<StoryEntity, 'id' | 'key' | 'titleSource'>>(
      sql`UPDATE story SET title_read_at = $3, title = coalesce($4, title), updated_at = $3,
         title_source = CASE WHEN $4::text IS NULL THEN 'path' ELSE 'page' END
       WHERE site_id = $1 AND id = $2 AND title_source = 'path' AND ($5::text IS NULL OR url = $5)
       RETURNING id, key, title_source AS "titleSource"`,
      [ctx.siteId, id, now, page?.title ?? null, page?.url ?? null],
    );
    if (row?.titleSource === 'page') await publishStoryChanged(this.pubsub, tx, ctx, row);
  }

  /**
   * Creates a story or replaces its description, and adds `story.created`, `story.closed` or `story.reopened` to the
   * outbox if they apply.
   */
  async put(tx: Tx, ctx: SiteContext, draft: StoryDraft, now: Date): Promise<StoryRow> {
    const [existing] = await tx.query<{ state: StoryState }>(
      sql`SELECT state FROM story WHERE site_id = $1 AND key = $2 FOR UPDATE`,
      [ctx.siteId, draft.key],
    );
    // A story that the publisher reopens is exempt from automatic closing until it is closed again.
    const [story] = await tx.query<StoryRow & { isNew: boolean }>(UPSERT_STORY, [
      ctx.siteId,
      newId<'story'>(now.getTime()),
      draft.key,
      draft.url,
      draft.title,
      draft.section,
      draft.publishedAt,
      JSON.stringify(draft.topics),
      draft.state,
      draft.policy === null ? null : JSON.stringify(draft.policy),
      now,
    ]);
    if (story.isNew) await this.outbox.add(tx, ctx, storyEvent('story.created', story));
    const stateBefore = existing?.state ?? 'open';
    if (stateBefore !== story.state) {
      const type = story.state === 'closed' ? 'story.closed' : 'story.reopened';
      await this.outbox.add(tx, ctx, storyEvent(type, story));
    }
    await publishStoryChanged(this.pubsub, tx, ctx, story);
    return story;
  }
}
