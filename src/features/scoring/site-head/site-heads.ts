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
import { applyHead } from './apply-head.js';
import { decodeHead, HeadAtWork } from './head.js';
import { SiteHeadRepository, type HeadId, type StoredHead } from './site-head.repository.js';

interface ReadyHead {
  readonly id: HeadId;
  readonly head: HeadAtWork;
  readonly may: readonly ModelLabel[];
}

interface HeadsOfSite {
  readonly active: ReadyHead | null;
  readonly shadow: ReadyHead | null;
}

const NONE: HeadsOfSite = { active: null, shadow: null };
const MAX_SITES_HELD = 200;
/** For a process that dies between its commit and the telling. */
const HELD_MS = 60_000;

/**
 * The heads that have a say on their sites, and those in the shadow. Whatever is wrong with one, the shipped model's
 * scores are what counts then: no head stops a comment, or lets one pass by failing.
 */
@Injectable()
export class SiteHeads implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('site-heads');
  private readonly held = new LRUCache<string, Promise<HeadsOfSite>>({ max: MAX_SITES_HELD, ttl: HELD_MS });
  private readonly stops: (() => void)[] = [];
  private readonly failures;

  constructor(
    private readonly database: Database,
    private readonly heads: SiteHeadRepository,
    private readonly pubsub: PubSub,
    metrics: Metrics,
  ) {
    this.failures = metrics.counter(
      'postbag_site_head_failures_total',
      'Texts that a site’s head should have scored, and the shipped model did instead.',
    );
  }

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe('site-head:*', (siteId) => this.held.delete(siteId)),
      this.pubsub.onGap(() => this.held.clear()),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /** Tells every process, once the change is committed. */
  changed(tx: Tx, siteId: SiteId): Promise<void> {
    return this.pubsub.publish(tx, `site-head:${siteId}`, siteId);
  }

  /** The scores that count on a site. @param shipped what the shipped model says about the text */
  async judge(siteId: SiteId, text: string, shipped: ScoreMap): Promise<ScoreMap> {
    return (await this.by('active', siteId, text, () => shipped))?.scores ?? shipped;
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
  ): Promise<{ id: HeadId; scores: ScoreMap } | null> {
    return this.by('shadow', siteId, text, shipped);
  }

  /** Whether the site has a model of its own that can score, one that counts or one in the shadow. */
  async hasOne(siteId: SiteId): Promise<boolean> {
    const { active, shadow } = await this.find(siteId);
    return active !== null || shadow !== null;
  }

  /** What the site's own model says, the one that counts or else the one in the shadow; null if there is neither. */
  async newest(siteId: SiteId, text: string, shipped: () => ScoreMap): Promise<ScoreMap | null> {
    const found =
      (await this.by('active', siteId, text, shipped)) ?? (await this.by('shadow', siteId, text, shipped));
    return found?.scores ?? null;
  }

  private async by(
    which: keyof HeadsOfSite,
    siteId: SiteId,
    text: string,
    shipped: () => ScoreMap,
  ): Promise<{ id: HeadId; scores: ScoreMap } | null> {
    try {
      const ready = (await this.find(siteId))[which];
      return ready && { id: ready.id, scores: applyHead(ready.head, text, shipped(), ready.may) };
    } catch (error) {
      this.failures.inc();
      this.logger.warn({ event: 'site-head.failed', siteId, error });
      return null;
    }
  }

  private find(siteId: SiteId): Promise<HeadsOfSite> {
    let loading = this.held.get(siteId);
    if (!loading) {
      loading = this.load(siteId);
      this.held.set(siteId, loading);
      loading.catch(() => this.held.get(siteId) === loading && this.held.delete(siteId));
    }
    return loading;
  }

  private async load(siteId: SiteId): Promise<HeadsOfSite> {
    const stored = await this.database.apart({ siteId, principal: SYSTEM }, (tx) =>
      this.heads.inUse(tx, siteId),
    );
    if (stored.length === 0) return NONE;
    const { version } = shippedScorer().model.header;
    const ready = (state: StoredHead['state']): ReadyHead | null => {
      const row = stored.find((each) => each.state === state);
      if (!row) return null;
      const head = decodeHead(row.weights);
      // With another shipped model its differences are to something that is no more; the next training makes one anew.
      if (head.modelVersion !== version) return null;
      // In the shadow all that it learned is tried; a say it has only where it proved better.
      const may = MODEL_LABELS.filter(
        (label) => head.labels[label] && (state === 'shadow' || row.figures[label]?.beats),
      );
      return { id: row.id, head: new HeadAtWork(head), may };
    };
    return { active: ready('active'), shadow: ready('shadow') };
  }
}
