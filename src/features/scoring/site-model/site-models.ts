import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { shippedScorer } from '../model/shipped-model.js';
import type { ScoreMap } from '../scores.js';
import { applySiteModel } from './apply-site-model.js';
import { decodeSiteModel, LoadedSiteModel } from './site-model.js';
import { SiteModelRepository, type SiteModelId, type StoredSiteModel } from './site-model.repository.js';

interface ReadySiteModel {
  readonly id: SiteModelId;
  readonly head: LoadedSiteModel;
  readonly may: readonly ModelLabel[];
}

interface ModelsOfSite {
  readonly active: ReadySiteModel | null;
  readonly shadow: ReadySiteModel | null;
}

const NONE: ModelsOfSite = { active: null, shadow: null };
const MAX_CACHED_SITES = 200;
/** For a process that dies between its commit and the telling. */
const CACHE_TTL_MS = 60_000;

/**
 * The heads that have a say on their sites, and those in the shadow. Whatever is wrong with one, the shipped model's
 * scores are what counts then: no head stops a comment, or lets one pass by failing.
 */
@Injectable()
export class SiteModels implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('site-models');
  private readonly cache = new LRUCache<string, Promise<ModelsOfSite>>({
    max: MAX_CACHED_SITES,
    ttl: CACHE_TTL_MS,
  });
  private readonly stops: (() => void)[] = [];
  private readonly failures;

  constructor(
    private readonly database: Database,
    private readonly models: SiteModelRepository,
    private readonly pubsub: PubSub,
    metrics: Metrics,
  ) {
    this.failures = metrics.counter(
      'postbag_site_model_failures_total',
      'Texts that a site’s head should have scored, and the shipped model did instead.',
    );
  }

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe('site-model:*', (siteId) => this.cache.delete(siteId)),
      this.pubsub.onGap(() => this.cache.clear()),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /** Tells every process, once the change is committed. */
  announceChange(tx: Tx, siteId: SiteId): Promise<void> {
    return this.pubsub.publish(tx, `site-model:${siteId}`, siteId);
  }

  /** The scores that count on a site. @param shipped what the shipped model says about the text */
  async score(siteId: SiteId, text: string, shipped: ScoreMap): Promise<ScoreMap> {
    return (await this.scoreBy('active', siteId, text, () => shipped))?.scores ?? shipped;
  }

  /**
   * What the head in the shadow would say; null where there is none, or it fails.
   *
   * @param shipped asks the shipped model, where it is needed
   */
  shadow(
    siteId: SiteId,
    text: string,
    shipped: () => ScoreMap,
  ): Promise<{ id: SiteModelId; scores: ScoreMap } | null> {
    return this.scoreBy('shadow', siteId, text, shipped);
  }

  /** Whether the site has a model of its own that can score, one that counts or one in the shadow. */
  async hasOne(siteId: SiteId): Promise<boolean> {
    const { active, shadow } = await this.find(siteId);
    return active !== null || shadow !== null;
  }

  /** What the site's own model says, the one that counts or else the one in the shadow; null if there is neither. */
  async latestScores(siteId: SiteId, text: string, shipped: () => ScoreMap): Promise<ScoreMap | null> {
    const found =
      (await this.scoreBy('active', siteId, text, shipped)) ??
      (await this.scoreBy('shadow', siteId, text, shipped));
    return found?.scores ?? null;
  }

  private async scoreBy(
    which: keyof ModelsOfSite,
    siteId: SiteId,
    text: string,
    shipped: () => ScoreMap,
  ): Promise<{ id: SiteModelId; scores: ScoreMap } | null> {
    try {
      const ready = (await this.find(siteId))[which];
      return ready && { id: ready.id, scores: applySiteModel(ready.head, text, shipped(), ready.may) };
    } catch (error) {
      this.failures.inc();
      this.logger.warn({ event: 'site-model.failed', siteId, error });
      return null;
    }
  }

  private find(siteId: SiteId): Promise<ModelsOfSite> {
    let loading = this.cache.get(siteId);
    if (!loading) {
      loading = this.load(siteId);
      this.cache.set(siteId, loading);
      loading.catch(() => this.cache.get(siteId) === loading && this.cache.delete(siteId));
    }
    return loading;
  }

  private async load(siteId: SiteId): Promise<ModelsOfSite> {
    const stored = await this.database.inSeparateTransaction({ siteId, principal: SYSTEM }, (tx) =>
      this.models.inUse(tx, siteId),
    );
    if (stored.length === 0) return NONE;
    const { version } = shippedScorer().model.header;
    const ready = (state: StoredSiteModel['state']): ReadySiteModel | null => {
      const row = stored.find((each) => each.state === state);
      if (!row) return null;
      const head = decodeSiteModel(row.weights);
      // With another shipped model its differences are to something that is no more; the next training makes one anew.
      if (head.modelVersion !== version) return null;
      // In the shadow all that it learned is tried; a say it has only where it proved better.
      const may = MODEL_LABELS.filter(
        (label) => head.labels[label] && (state === 'shadow' || row.figures[label]?.beats),
      );
      return { id: row.id, head: new LoadedSiteModel(head), may };
    };
    return { active: ready('active'), shadow: ready('shadow') };
  }
}
