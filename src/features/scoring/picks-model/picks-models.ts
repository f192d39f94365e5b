import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import { QualityHead } from '../quality/quality-head.js';
import { decodePicksModel, shareBelow, type PicksModel, type PickText } from './picks-model.js';
import { PicksModelRepository } from './picks-model.repository.js';

const MAX_CACHED_SITES = 200;
/** Only matters if a process dies between its commit and the invalidation message. */
const CACHE_TTL_MS = 60_000;

/** The picks models in use. If one cannot be read, the shipped head ranks. */
@Injectable()
export class PicksModels implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('picks-models');
  private readonly cache = new LRUCache<string, Promise<PicksModel | null>>({
    max: MAX_CACHED_SITES,
    ttl: CACHE_TTL_MS,
  });
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly models: PicksModelRepository,
    private readonly pubsub: PubSub,
  ) {}

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe('picks-model:*', (siteId) => this.cache.delete(siteId)),
      this.pubsub.onGap(() => this.cache.clear()),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /** Notifies every process after the commit. */
  announceChange(tx: Tx, siteId: SiteId): Promise<void> {
    return this.pubsub.publish(tx, `picks-model:${siteId}`, siteId);
  }

  /** @returns see `shareBelow`; null if the site has no usable model */
  async score(siteId: SiteId, text: PickText): Promise<number | null> {
    let loading = this.cache.get(siteId);
    if (!loading) {
      loading = this.load(siteId);
      this.cache.set(siteId, loading);
      loading.catch(() => this.cache.get(siteId) === loading && this.cache.delete(siteId));
    }
    const model = await loading;
    return model && shareBelow(model, text);
  }

  private async load(siteId: SiteId): Promise<PicksModel | null> {
    const stored = await this.database.inSeparateTransaction({ siteId, principal: SYSTEM }, (tx) =>
      this.models.active(tx, siteId),
    );
    if (stored?.modelVersion !== QualityHead.version()) return null;
    try {
      return decodePicksModel(stored.weights);
    } catch (error) {
      this.logger.warn({ event: 'picks-model.failed', siteId, error });
      return null;
    }
  }
}
