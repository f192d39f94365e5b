import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { StoryId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { parseThreadChangedMessage } from './thread-changed-message.js';
import { ThreadView, type ThreadPage, type ThreadQuery } from './thread.view.js';

/** A page that may be shown again as long as it `isFresh`. */
export class CachedThreadPage {
  private isCurrent = true;
  private readonly dropped: (() => void)[] = [];

  constructor(
    readonly storyId: StoryId,
    readonly page: ThreadPage,
    private readonly untilMs: number,
  ) {}

  isFresh(nowMs: number): boolean {
    return this.isCurrent && nowMs < this.untilMs;
  }

  /** Calls `work` when the page is no longer held; at once where that is so already. */
  onEvicted(work: () => void): void {
    if (this.isCurrent) this.dropped.push(work);
    else work();
  }

  evict(): void {
    this.isCurrent = false;
    this.dropped.splice(0).forEach((work) => work());
  }
}

interface Loading {
  readonly storyId: StoryId;
  isStale: boolean;
  readonly page: Promise<CachedThreadPage>;
}

// A first page is for everybody who opens the story; one further down is held for those who ask after the first who did.
const MAX_ASKED = 20_000;
const ASKED_MS = 60_000;
const MAX_BYTES = 48 * 1024 * 1024;
// A notice that got lost, a renamed reader or tier: nothing stays wrong for longer than this.
const CACHE_TTL_MS = 5_000;
/** The rendered page stands beside its parts. */
const bytesOf = ({ page }: CachedThreadPage): number =>
  [...page.items, ...(page.pinned ? [page.pinned] : [])].reduce(
    (sum, item) => sum + item.json.length + item.replies.reduce((below, { json }) => below + json.length, 0),
    200,
  ) * 2;

/**
 * Pages of threads as everybody sees them, held until their thread, their story or any site's settings change.
 * Requests for one page at the same time share one read. A read that began before a change is given to those who
 * waited for it, and neither kept nor joined after the change.
 */
@Injectable()
export class ThreadPageCache implements OnModuleInit, OnModuleDestroy {
  private readonly cached = new LRUCache<string, CachedThreadPage>({
    maxSize: MAX_BYTES,
    sizeCalculation: bytesOf,
    dispose: (page) => page.evict(),
  });
  /** Further pages that somebody asked for, and that nobody holds. */
  private readonly requestedOnce = new LRUCache<string, true>({ ...maxEntries(MAX_ASKED), ttl: ASKED_MS });
  private readonly keysByStory = new Map<StoryId, Set<string>>();
  private readonly loading = new Map<string, Loading>();
  private readonly stops: (() => void)[] = [];
  private changes = 0;

  constructor(
    private readonly view: ThreadView,
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe('story:*', (message) =>
        this.dropStory(parseThreadChangedMessage(message).storyId),
      ),
      this.pubsub.subscribe('site:*', () => this.dropAll()),
      // Somebody was renamed, or became staff; any page may show them.
      this.pubsub.subscribe('reader:*', () => this.dropAll()),
      this.pubsub.onGap(() => this.dropAll()),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /** Counts the changes heard of; what was made while it stood still was made of nothing that is out of date. */
  get changeCount(): number {
    return this.changes;
  }

  /** @throws Problem 400 for a cursor that this list did not give */
  get(ctx: SiteContext, storyId: StoryId, query: ThreadQuery): Promise<CachedThreadPage> {
    const key = `${ctx.siteId} ${storyId} ${query.sort} ${query.limit} ${query.cursor ?? ''}`;
    const held = this.cached.get(key);
    if (held?.isFresh(this.clock.nowMs())) return Promise.resolve(held);
    // What an open transaction sees may never be committed.
    if (this.database.isInTransaction()) return this.read(ctx, storyId, query);
    const under = this.loading.get(key);
    if (under) return under.page;
    const loading: Loading = { storyId, isStale: false, page: this.read(ctx, storyId, query) };
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
    // One page of nothing but the longest comments is not worth the room of all the others.
    if (!this.cached.has(key)) return page.evict();
    const keys = this.keysByStory.get(page.storyId) ?? new Set();
    this.keysByStory.set(page.storyId, keys.add(key));
    page.onEvicted(() => {
      // A fresh page may stand in its place already.
      if (this.cached.peek(key) !== page && this.cached.has(key)) return;
      keys.delete(key);
      if (keys.size === 0 && this.keysByStory.get(page.storyId) === keys)
        this.keysByStory.delete(page.storyId);
    });
  }

  private dropStory(storyId: StoryId): void {
    this.changes++;
    for (const [key, loading] of this.loading) if (loading.storyId === storyId) this.abandon(key, loading);
    for (const key of [...(this.keysByStory.get(storyId) ?? [])]) this.cached.delete(key);
  }

  private dropAll(): void {
    this.changes++;
    for (const [key, loading] of this.loading) this.abandon(key, loading);
    this.cached.clear();
  }

  private abandon(key: string, loading: Loading): void {
    loading.isStale = true;
    this.loading.delete(key);
  }
}
