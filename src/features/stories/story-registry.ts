import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { sectionsOn } from '../../platform/auth/principal.js';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { notFound, Problem, rateLimited } from '../../platform/http/problem.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import type { StoryId } from '../../platform/ids.js';
import { Limits } from '../../platform/limits/limits.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { SiteSettings } from '../sites/site-settings.js';
import { isOnSite, urlPathOf, normalizeStoryUrl, normalizeTitle } from './story-address.js';
import type { StoryFacts } from './story-facts.js';
import { checkStoryKey } from './story-key.js';
import { StoryRepository } from './story.repository.js';
import { parseStoryChanged } from './story-changed-message.js';

/** URL and title that a client sends so that an unregistered story can be created. */
export interface StoryHint {
  readonly url: string | undefined;
  /** Anyone can send any title, so it is stored but shown only to the publisher. */
  readonly title: string | undefined;
  /** The client's IP address; new stories are limited per network. */
  readonly ip?: string;
}

const MAX_CACHED_STORIES = 20_000;
/** Limits how long stale data is used if a process dies between commit and publishing the invalidation message. */
const CACHE_TTL_MS = 30_000;
// Opening a page registers at most one story. No real reader opens new pages faster than this.
const NEW_STORIES_PER_MINUTE = 60;

/**
 * The 404 for a page on another origin. The detail helps developers who embed the comments, without listing the site's
 * origins.
 */
function wrongOriginProblem(url: string): Problem {
  const { status, code } = notFound();
  const { origin } = new URL(url);
  const detail = `This story was not found, and its page does not belong to the site: ${origin} is not one of the site's origins.`;
  return new Problem(status, code, detail, { reason: 'wrong-origin' });
}

/** The cache holds stories of all sections. Callers limited to some sections must query the database. */
const isSectionLimited = ({ principal, siteId }: SiteContext): boolean =>
  sectionsOn(principal, siteId) !== null;

/** Stories by the publisher's key, cached per process until they change. */
@Injectable()
export class StoryRegistry implements OnModuleInit, OnModuleDestroy {
  private readonly byKey = new LRUCache<string, StoryFacts>({
    ...maxEntries(MAX_CACHED_STORIES),
    ttl: CACHE_TTL_MS,
  });
  private readonly byId = new LRUCache<string, StoryFacts>({
    ...maxEntries(MAX_CACHED_STORIES),
    ttl: CACHE_TTL_MS,
  });
  private readonly unsubscribes: (() => void)[] = [];
  /** Counts invalidations, so that a row read before one is not cached after it. */
  private changeCount = 0;

  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly settings: SiteSettings,
    private readonly stories: StoryRepository,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribes.push(
      this.pubsub.subscribe('story:*', (message) => this.evict(message)),
      this.pubsub.onGap(() => this.evictAll()),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribes.splice(0).forEach((unsubscribe) => unsubscribe());
  }

  /**
   * Finds the story that a page or caller refers to. Creates it on first use if its page is on one of the site's
   * origins.
   *
   * @param hint null or without a URL: only registered stories are found
   * @throws Problem 400 for an invalid key, 404 if there is no such story and it must not be created, 429 if one
   *   network creates too many
   */
  async resolve(ctx: SiteContext, storyKey: string, hint: StoryHint | null): Promise<StoryFacts> {
    checkStoryKey(storyKey);
    const existing = await this.find(ctx, storyKey);
    if (existing) return existing;
    const site = await this.settings.get(ctx.siteId);
    const url = hint?.url === undefined ? null : normalizeStoryUrl(hint.url);
    if (url !== null && !isOnSite(url, site.origins)) throw wrongOriginProblem(url);
    if (!hint || url === null) throw notFound('This story');
    const limit = await this.limits.hit(
      `new-story:${ctx.siteId}:${clientNetwork(hint.ip ?? '-')}`,
      NEW_STORIES_PER_MINUTE,
      60_000,
    );
    if (!limit.allowed) throw rateLimited(limit.retryAfterMs / 1000);
    return this.database.inSite(ctx, (tx) =>
      this.stories.register(
        tx,
        ctx,
        { key: storyKey, url, title: urlPathOf(url), titleHint: normalizeTitle(hint.title, '') || null },
        this.clock.now(),
      ),
    );
  }

  /** The registered story; null if there is none. */
  find(ctx: SiteContext, storyKey: string): Promise<StoryFacts | null> {
    const cached = isSectionLimited(ctx) ? undefined : this.byKey.get(`${ctx.siteId} ${storyKey}`);
    if (cached) return Promise.resolve(cached);
    return this.loadAndCache(ctx, (tx) => this.stories.findByKey(tx, ctx, storyKey));
  }

  /** Finds a story by its id (not the publisher's key); null if the site has no such story. */
  findById(ctx: SiteContext, storyId: StoryId): Promise<StoryFacts | null> {
    const cached = isSectionLimited(ctx) ? undefined : this.byId.get(`${ctx.siteId} ${storyId}`);
    if (cached) return Promise.resolve(cached);
    return this.loadAndCache(ctx, (tx) => this.stories.findById(tx, ctx, storyId));
  }

  private async loadAndCache(
    ctx: SiteContext,
    load: (tx: Tx) => Promise<StoryFacts | null>,
  ): Promise<StoryFacts | null> {
    // Data read in an open transaction might never be committed, so it is not cached.
    const isCacheable = !this.database.isInTransaction();
    const countBefore = this.changeCount;
    const story = await this.database.inSite(ctx, load);
    if (story && isCacheable && countBefore === this.changeCount) {
      this.byKey.set(`${ctx.siteId} ${story.key}`, story);
      this.byId.set(`${ctx.siteId} ${story.id}`, story);
    }
    return story;
  }

  private evict(message: string): void {
    const change = parseStoryChanged(message);
    if (!change) return;
    this.changeCount++;
    this.byId.delete(`${change.siteId} ${change.storyId}`);
    this.byKey.delete(`${change.siteId} ${change.storyKey}`);
  }

  private evictAll(): void {
    this.changeCount++;
    this.byKey.clear();
    this.byId.clear();
  }
}
