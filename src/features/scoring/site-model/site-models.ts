import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { ScoreMap } from '../scores.js';
import { applySiteModel } from './apply-site-model.js';
import { shippedVersion } from './shipped-version.js';
import { SITE_LABELS, type SiteLabel } from './site-labels.js';
import { decodeSiteModel, LoadedSiteModel } from './site-model.js';
import { SiteModelRepository, type SiteModelId, type StoredSiteModel } from './site-model.repository.js';

interface ReadySiteModel {
  readonly id: SiteModelId;
  readonly model: LoadedSiteModel;
  readonly labels: readonly SiteLabel[];
}

/** What a site model needs to score a text. */
export interface SiteModelInput {
  /** The scores without any site model. */
  readonly scores: ScoreMap;
  /** Null if the text was not encoded. */
  readonly embedding: Float32Array | null;
}

export interface SiteModelScores {
  readonly id: SiteModelId;
  /** All labels, including those that the site model leaves as they are. */
  readonly scores: ScoreMap;
}

interface ModelsOfSite {
  readonly active: ReadySiteModel | null;
  readonly shadow: ReadySiteModel | null;
}

const NONE: ModelsOfSite = { active: null, shadow: null };
const MAX_CACHED_SITES = 200;
/** Only matters if a process dies between its commit and the invalidation message. */
const CACHE_TTL_MS = 60_000;

/**
 * The site models that are active or in shadow mode. If one fails, the shipped model's scores are in effect: a broken
 * site model never blocks a comment or lets one pass.
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
      'Texts that a site model could not score.',
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

  /** Notifies every process after the commit. */
  announceChange(tx: Tx, siteId: SiteId): Promise<void> {
    return this.pubsub.publish(tx, `site-model:${siteId}`, siteId);
  }

  /** The scores in effect on a site: the labels of its active model, and the scores of the input for the others. */
  async score(siteId: SiteId, text: string, input: SiteModelInput): Promise<ScoreMap> {
    const found = await this.scoreWith('active', siteId, text, async () => input);
    return found?.scores ?? input.scores;
  }

  /**
   * The scores of the site model in shadow mode; null if there is none or it fails.
   *
   * @param input called only if needed
   */
  shadow(
    siteId: SiteId,
    text: string,
    input: () => Promise<SiteModelInput>,
  ): Promise<SiteModelScores | null> {
    return this.scoreWith('shadow', siteId, text, input);
  }

  /** Whether the site has a usable model of its own, active or in shadow mode. */
  async hasUsableModel(siteId: SiteId): Promise<boolean> {
    const { active, shadow } = await this.find(siteId);
    return active !== null || shadow !== null;
  }

  /** The scores of the site's active model, otherwise of the one in shadow mode; null if there is neither. */
  async latestScores(
    siteId: SiteId,
    text: string,
    input: () => Promise<SiteModelInput>,
  ): Promise<ScoreMap | null> {
    const found =
      (await this.scoreWith('active', siteId, text, input)) ??
      (await this.scoreWith('shadow', siteId, text, input));
    return found?.scores ?? null;
  }

  private async scoreWith(
    state: keyof ModelsOfSite,
    siteId: SiteId,
    text: string,
    input: () => Promise<SiteModelInput>,
  ): Promise<SiteModelScores | null> {
    try {
      const ready = (await this.find(siteId))[state];
      if (!ready) return null;
      const { id, model, labels } = ready;
      const { scores, embedding } = await input();
      return { id, scores: applySiteModel(model, text, scores, embedding, labels) };
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
    const ready = (state: StoredSiteModel['state']): ReadySiteModel | null => {
      const row = stored.find((each) => each.state === state);
      // The weight changes only fit the shipped models they were trained on; the next training builds a new model.
      if (row?.modelVersion !== shippedVersion()) return null;
      const model = decodeSiteModel(row.weights);
      // In shadow mode it scores all labels that it learned; when active, only those on which it was better.
      const labels = SITE_LABELS.filter(
        (label) => model.labels[label] && (state === 'shadow' || row.figures[label]?.beats),
      );
      return { id: row.id, model: new LoadedSiteModel(model), labels };
    };
    return { active: ready('active'), shadow: ready('shadow') };
  }
}
