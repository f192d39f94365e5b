import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { StoryId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { parseStoryTopicMessage } from './thread-changed-message.js';
import { ThreadView, type ThreadPage, type ThreadQuery } from './thread.view.js';

/** A page that may be served again as long as it `isFresh`. */
export class CachedThreadPage {
  private isCurrent = true;
  private readonly evictionListeners: (() => void)[] = [];

  constructor(
    readonly storyId: StoryId,
    readonly page: ThreadPage,
    private readonly freshUntilMs: number,
  ) {}

  isFresh(nowMs: number): boolean {
    return this.isCurrent && nowMs < this.freshUntilMs;
  }

  /** Calls the listener when the page leaves the cache, or immediately if it has already left it. */
  onEvicted(listener: () => void): void {
    if (this.isCurrent) this.evictionListeners.push(listener);
    else listener();
  }

  evict(): void {
    this.isCurrent = false;
    this.evictionListeners.splice(0).forEach((listener) => listener());
  }
}

interface PendingLoad {
  readonly storyId: StoryId;
  isStale: boolean;
  readonly page: Promise<CachedThreadPage>;
}

// First pages are cached on their first request, further pages on their second request within
// `REQUESTED_ONCE_TTL_MS`.
const MAX_REQUESTED_ONCE = 20_000;
const REQUESTED_ONCE_TTL_MS = 60_000;
const MAX_BYTES = 48 * 1024 * 1024;
// Limits how long a page can be outdated if a notification is lost.
const CACHE_TTL_MS = 5_000;
/** Counts each page twice, because its rendered form is cached as well. */
const bytesOf = ({ page }: CachedThreadPage): number =>
  [...page.items, ...(page.pinned ? [page.pinned] : [])].reduce(
    (sum, item) => sum + item.json.length + item.replies.reduce((bytes, { json }) => bytes + json.length, 0),
    200,
  ) * 2;

/**
 * Caches public thread pages until their thread, their story or any site's settings change. Concurrent requests for
 * one page share one read. A read that started before a change is returned to the callers already waiting for it, but
 * is neither cached nor shared with later callers.
 */
@Injectable()
export class ThreadPageCache implements OnModuleInit, OnModuleDestroy {
  private readonly cached = new LRUCache<string, CachedThreadPage>({
    maxSize: MAX_BYTES,
    sizeCalculation: bytesOf,
    dispose: (page) => page.evict(),
  });
  /** Keys of further pages that were requested once and are not cached. */
  private readonly requestedOnce = new LRUCache<string, true>({
    ...maxEntries(MAX_REQUESTED_ONCE),
    ttl: REQUESTED_ONCE_TTL_MS,
  });
  private readonly keysByStory = new Map<StoryId, Set<string>>();
  private readonly loading = new Map<string, PendingLoad>();
  private readonly unsubscribers: (() => void)[] = [];
  private changes = 0;

  constructor(
    private readonly view: ThreadView,
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribers.push(
      this.pubsub.subscribe('story:*', (message) => this.evictStory(parseStoryTopicMessage(message).storyId)),
      this.pubsub.subscribe('site:*', () => this.clear()),
      // A reader was renamed or became staff, which may affect any page.
      this.pubsub.subscribe('reader:*', () => this.clear()),
      this.pubsub.onGap(() => this.clear()),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribers.splice(0).forEach((unsubscribe) => unsubscribe());
  }

  /**
   * Number of changes received. If it is the same before and after a computation, the result used no outdated data.
   */
  get changeCount(): number {
    return this.changes;
  }

  /** @throws Problem 400 for a cursor that is not from this list */
  get(ctx: SiteContext, storyId: StoryId, query: ThreadQuery): Promise<CachedThreadPage> {
    const key = `${ctx.siteId} ${storyId} ${query.sort} ${query.limit} ${query.cursor ?? ''}`;
    const cachedPage = this.cached.get(key);
    if (cachedPage?.isFresh(this.clock.nowMs())) return Promise.resolve(cachedPage);
    // An open transaction may see changes that are never committed.
    if (this.database.isInTransaction()) return this.read(ctx, storyId, query);
    const pendingLoad = this.loading.get(key);
    if (pendingLoad) return pendingLoad.page;
    const loading: PendingLoad = { storyId, isStale: false, page: this.read(ctx, storyId, query) };
    this.loading.set(key, loading);
    return loading.page
      .then((page) => {
        if (loading.isStale || !this.shouldCache(key, query)) page.evict();
        else this.store(key, page);
        return page;
      })
      .finally(() => {
        if (this.loading.get(key) === loading) this.loading.delete(key);
      });
  }

  private shouldCache(key: string, { cursor }: ThreadQuery): boolean {
    if (cursor === undefined || this.requestedOnce.delete(key)) return true;
    this.requestedOnce.set(key, true);
    return false;
  }

  private async read(ctx: SiteContext, storyId: StoryId, query: ThreadQuery): Promise<CachedThreadPage> {
    const page = await this.view.page(ctx, storyId, query);
    return new CachedThreadPage(storyId, page, this.clock.nowMs() + CACHE_TTL_MS);
  }

  private store(key: string, page: CachedThreadPage): void {
    this.cached.set(key, page);
    // The cache rejected the page because it is larger than the whole cache.
    if (!this.cached.has(key)) return page.evict();
    const keys = this.keysByStory.get(page.storyId) ?? new Set();
    this.keysByStory.set(page.storyId, keys.add(key));
    page.onEvicted(() => {
      // A newer page may already have replaced this one.
      if (this.cached.peek(key) !== page && this.cached.has(key)) return;
      keys.delete(key);
      if (keys.size === 0 && this.keysByStory.get(page.storyId) === keys)
        this.keysByStory.delete(page.storyId);
    });
  }

  private evictStory(storyId: StoryId): void {
    this.changes++;
    for (const [key, loading] of this.loading) if (loading.storyId === storyId) this.markStale(key, loading);
    for (const key of [...(this.keysByStory.get(storyId) ?? [])]) this.cached.delete(key);
  }

  private clear(): void {
    this.changes++;
    for (const [key, loading] of this.loading) this.markStale(key, loading);
    this.cached.clear();
  }

  private markStale(key: string, loading: PendingLoad): void {
    loading.isStale = true;
    this.loading.delete(key);
  }
}
