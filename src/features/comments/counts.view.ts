import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, SCOPE } from '../../platform/database/database.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { composeSql } from '../../platform/database/sql.js';

export const STORY_COUNTS = composeSql`
  WITH ${SCOPE}
  SELECT s.key, s.comment_count AS count FROM scope JOIN LATERAL (
    SELECT s.key, s.comment_count FROM story s WHERE s.site_id = scope.id AND s.key = ANY ($2::text[]) OFFSET 0
  ) s ON true`;

const MAX_CACHED_COUNTS = 2_000;
// Change notifications clear the cache. This limit covers lost notifications.
const CACHE_TTL_MS = 5_000;

/** Returns the number of comments and replies of stories, for front pages that list many stories. */
@Injectable()
export class CountsView implements OnModuleInit, OnModuleDestroy {
  private readonly cached = new LRUCache<string, Promise<Record<string, number>>>({
    max: MAX_CACHED_COUNTS,
    ttl: CACHE_TTL_MS,
  });
  private readonly unsubscribers: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
  ) {}

  onModuleInit(): void {
    this.unsubscribers.push(
      this.pubsub.subscribe('story:*', () => this.cached.clear()),
      this.pubsub.onGap(() => this.cached.clear()),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribers.splice(0).forEach((unsubscribe) => unsubscribe());
  }

  /** @returns a number for every key; 0 for an unknown story */
  counts(ctx: SiteContext, keys: readonly string[]): Promise<Record<string, number>> {
    const cacheKey = JSON.stringify([ctx.siteId, ...keys]);
    let pendingCounts = this.cached.get(cacheKey);
    if (!pendingCounts) {
      // Cache the promise, so that a change during the read evicts it too.
      pendingCounts = this.read(ctx, keys);
      this.cached.set(cacheKey, pendingCounts);
      pendingCounts.catch(() => this.cached.delete(cacheKey));
    }
    return pendingCounts;
  }

  private async read(ctx: SiteContext, keys: readonly string[]): Promise<Record<string, number>> {
    const rows = await this.database.statement<{ key: string; count: number }>(
      ctx,
      'story-counts',
      STORY_COUNTS,
      [keys],
    );
    const countByKey = new Map(rows.map(({ key, count }) => [key, count]));
    return Object.fromEntries(keys.map((key) => [key, countByKey.get(key) ?? 0]));
  }
}
