import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { Sql } from '../../platform/database/sql.js';
import { firstIdAt, timeOfId, type RevisionId, type SiteId } from '../../platform/ids.js';
import { EmbeddingIndex } from '../scoring/encoder/embedding-index.js';
import { toBytes } from '../scoring/encoder/embedding.js';

const PAGE_ROWS = 5_000;
/** Limit for all sites together. */
const MAX_CACHED_EMBEDDINGS = 200_000;
/**
 * A site's embeddings are read anew after this time, which also drops those of erased texts. Until then, erased texts
 * match, so callers must look the revisions up.
 */
const CACHE_TTL_MS = 10 * 60_000;

export interface EmbeddingSource {
  /**
   * Selects `"rowId"`, `"revisionId"` and `vector` (null if there is none) of site $1 with ids after $2, in the order of
   * ids, at most $3.
   */
  readonly statement: Sql;
  /** The id after which the first reading begins. */
  readonly start: (tx: Tx, siteId: SiteId) => Promise<string>;
  /** Rows of this period are read again, because they may appear in a different order from their ids. */
  readonly overlapMs: number;
}

interface CachedEmbeddings {
  readonly index: EmbeddingIndex;
  readonly revisionIds: RevisionId[];
  readonly indexed: Set<RevisionId>;
  lastRead: string | null;
}

/** Some of a site's stored embeddings, cached and searched in memory. */
export class SiteEmbeddings {
  private readonly sites = new LRUCache<SiteId, CachedEmbeddings>({
    maxSize: MAX_CACHED_EMBEDDINGS,
    sizeCalculation: ({ index }) => Math.max(1, index.size),
    ttl: CACHE_TTL_MS,
  });
  private readonly loading = new Map<SiteId, Promise<CachedEmbeddings>>();

  constructor(
    private readonly database: Database,
    private readonly source: EmbeddingSource,
  ) {}

  /**
   * Searches after adding the embeddings stored since the last call.
   *
   * @param min cosine
   * @returns the cosine by revision, for the `max` nearest
   */
  async nearest(
    siteId: SiteId,
    embedding: Float32Array,
    max: number,
    min: number,
  ): Promise<Map<RevisionId, number>> {
    let loading = this.loading.get(siteId);
    if (!loading) {
      loading = this.load(siteId).finally(() => this.loading.delete(siteId));
      this.loading.set(siteId, loading);
    }
    const { index, revisionIds } = await loading;
    const matches = index.nearest(toBytes(embedding), max, min);
    return new Map(matches.map((match) => [revisionIds[match.at], match.similarity]));
  }

  private async load(siteId: SiteId): Promise<CachedEmbeddings> {
    const cached = this.sites.get(siteId) ?? {
      index: new EmbeddingIndex(),
      revisionIds: [],
      indexed: new Set<RevisionId>(),
      lastRead: null,
    };
    let from =
      cached.lastRead === null
        ? await this.inSite(siteId, (tx) => this.source.start(tx, siteId))
        : firstIdAt(timeOfId(cached.lastRead) - this.source.overlapMs);
    for (;;) {
      const rows = await this.inSite(siteId, (tx) =>
        tx.query<{ rowId: string; revisionId: RevisionId; vector: Buffer | null }>(this.source.statement, [
          siteId,
          from,
          PAGE_ROWS,
        ]),
      );
      for (const { rowId, revisionId, vector } of rows) {
        from = cached.lastRead = rowId;
        if (!vector || cached.indexed.has(revisionId)) continue;
        cached.indexed.add(revisionId);
        cached.revisionIds.push(revisionId);
        cached.index.add(vector);
      }
      if (rows.length < PAGE_ROWS) break;
    }
    // Set it again so that the cache learns its new size. The expiry time does not change.
    const ttl = this.sites.getRemainingTTL(siteId) || CACHE_TTL_MS;
    this.sites.set(siteId, cached, { ttl });
    return cached;
  }

  /** Reads as the system, because all callers share the cache. They read what they return as the caller. */
  private inSite<T>(siteId: SiteId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.inSite({ siteId, principal: SYSTEM }, work);
  }
}
