import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { composeSql, sql } from '../../platform/database/sql.js';
import {
  firstIdAt,
  timeOfId,
  type CommentId,
  type DecisionId,
  type RevisionId,
  type SiteId,
} from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { EmbeddingIndex } from '../scoring/encoder/embedding-index.js';
import { toBytes } from '../scoring/encoder/embedding.js';
import { EmbeddingRepository } from '../scoring/encoder/embedding.repository.js';
import { hiddenWords } from '../scoring/hidden-words.js';
import { detect } from '../scoring/language/detect-language.js';
import { TextScorer } from '../scoring/text-scorer.js';
import type { SimilarDecision, SimilarDecisionsAnswer } from './comment-detail.dto.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { deciderSql } from './queue-item.sql.js';

/** Cosine similarity. Less similar texts have little in common. */
const MIN_SIMILARITY = 0.6;
const MAX_RETURNED = 5;
/** More than are returned, because some may be undone, deleted, or in sections that the caller does not see. */
const MAX_CANDIDATES = 50;
/** Maximum number of decisions of a site that are compared, the latest ones. They take 51 MB of memory. */
const MAX_DECISIONS = 100_000;
const PAGE_ROWS = 5_000;
/** Limit for all sites together. */
const MAX_CACHED_EMBEDDINGS = 200_000;
/**
 * A site's embeddings are read anew after this time, which also drops those of erased texts. Until then, erased texts
 * match but are not returned.
 */
const CACHE_TTL_MS = 10 * 60_000;
/** Decisions may commit in a different order from their ids, so the ids of this period are read again. */
const OVERLAP_MS = 10_000;

interface DecidedEmbeddings {
  readonly index: EmbeddingIndex;
  readonly revisionIds: RevisionId[];
  readonly indexed: Set<RevisionId>;
  /** The latest decision that was read. */
  lastRead: DecisionId | null;
}

export const DECIDED_EMBEDDINGS = composeSql`SELECT d.id AS "decisionId", v.id AS "revisionId", e.vector
  FROM decision d
  JOIN revision v ON v.site_id = d.site_id AND v.comment_id = d.comment_id AND v.number = d.revision
  LEFT JOIN embedding e ON e.site_id = v.site_id AND e.revision_id = v.id
  WHERE d.site_id = $1 AND d.decided_by = 'moderator' AND d.id > $2
  ORDER BY d.id LIMIT $3`;

/** The latest decision in effect about each of the revisions `$2`, except about comment `$3`. */
export const SIMILAR_DECISIONS = composeSql`SELECT DISTINCT ON (v.id) v.id AS "revisionId", d.id, d.comment_id AS "commentId", d.action,
    ${deciderSql('d')} AS moderator, d.reason, left(v.body, 160) AS excerpt, ${isoSql(composeSql`d.created_at`)} AS "createdAt"
  FROM revision v
  JOIN comment c ON c.site_id = v.site_id AND c.id = v.comment_id AND c.status <> 'deleted'
  JOIN decision d ON d.site_id = v.site_id AND d.comment_id = v.comment_id AND d.revision = v.number
    AND d.decided_by = 'moderator' AND d.action IN ('approve', 'reject', 'remove', 'restore')
    AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
  LEFT JOIN moderator m ON m.id = d.moderator_id
  WHERE v.site_id = $1 AND v.id = ANY ($2::uuid[]) AND v.comment_id <> $3 AND v.body <> ''
  ORDER BY v.id, d.id DESC`;

/** Finds past decisions about comments with a similar meaning, by comparing embeddings. */
@Injectable()
export class SimilarDecisionsView {
  private readonly sites = new LRUCache<SiteId, DecidedEmbeddings>({
    maxSize: MAX_CACHED_EMBEDDINGS,
    sizeCalculation: ({ index }) => Math.max(1, index.size),
    ttl: CACHE_TTL_MS,
  });
  private readonly loading = new Map<SiteId, Promise<DecidedEmbeddings>>();

  constructor(
    private readonly database: Database,
    private readonly embeddings: EmbeddingRepository,
    private readonly texts: TextScorer,
  ) {}

  /** @returns null if there is no such comment */
  async read(ctx: SiteContext, commentId: CommentId): Promise<SimilarDecisionsAnswer | null> {
    const current = await this.database.inSite(ctx, async (tx) => {
      const [revision] = await tx.query<{ id: RevisionId; body: string }>(
        sql`SELECT v.id, v.body FROM comment c
         JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
         WHERE c.site_id = $1 AND c.id = $2`,
        [ctx.siteId, commentId],
      );
      if (!revision) return null;
      return { ...revision, stored: (await this.embeddings.find(tx, ctx, [revision.id])).get(revision.id) };
    });
    if (!current) return null;
    const embedding = current.stored ?? (await this.texts.embed(detect(current.body), current.body));
    if (!embedding) return { isSupported: false, items: [] };
    const { index, revisionIds } = await this.embeddingsOf(ctx.siteId);
    const matches = index.nearest(toBytes(embedding), MAX_CANDIDATES, MIN_SIMILARITY);
    const similarity = new Map(matches.map((match) => [revisionIds[match.at], match.similarity]));
    const found = await this.database.inSite(ctx, (tx) =>
      tx.query<Omit<SimilarDecision, 'similarity' | 'hidden'> & { revisionId: RevisionId }>(
        SIMILAR_DECISIONS,
        [ctx.siteId, [...similarity.keys()], commentId],
      ),
    );
    const items = found
      .map(({ revisionId, ...decision }) => ({
        ...decision,
        hidden: hiddenWords(decision.excerpt),
        similarity: Math.round(similarity.get(revisionId)! * 100) / 100,
      }))
      .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? 1 : -1));
    return { isSupported: true, items: items.slice(0, MAX_RETURNED) };
  }

  /** Returns the embeddings of the texts that people decided about, after adding those decided since the last call. */
  private embeddingsOf(siteId: SiteId): Promise<DecidedEmbeddings> {
    let loading = this.loading.get(siteId);
    if (!loading) {
      loading = this.load(siteId).finally(() => this.loading.delete(siteId));
      this.loading.set(siteId, loading);
    }
    return loading;
  }

  private async load(siteId: SiteId): Promise<DecidedEmbeddings> {
    const decided = this.sites.get(siteId) ?? {
      index: new EmbeddingIndex(),
      revisionIds: [],
      indexed: new Set<RevisionId>(),
      lastRead: null,
    };
    let from =
      decided.lastRead === null
        ? await this.inSite(siteId, (tx) => this.startId(tx, siteId))
        : firstIdAt(timeOfId(decided.lastRead) - OVERLAP_MS);
    for (;;) {
      const rows = await this.inSite(siteId, (tx) =>
        tx.query<{ decisionId: DecisionId; revisionId: RevisionId; vector: Buffer | null }>(
          DECIDED_EMBEDDINGS,
          [siteId, from, PAGE_ROWS],
        ),
      );
      for (const { decisionId, revisionId, vector } of rows) {
        from = decided.lastRead = decisionId;
        if (!vector || decided.indexed.has(revisionId)) continue;
        decided.indexed.add(revisionId);
        decided.revisionIds.push(revisionId);
        decided.index.add(vector);
      }
      if (rows.length < PAGE_ROWS) break;
    }
    // Set it again so that the cache learns its new size. The expiry time does not change.
    const ttl = this.sites.getRemainingTTL(siteId) || CACHE_TTL_MS;
    this.sites.set(siteId, decided, { ttl });
    return decided;
  }

  /** The id after which the latest `MAX_DECISIONS` decisions begin. */
  private async startId(tx: Tx, siteId: SiteId): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      sql`SELECT id FROM decision WHERE site_id = $1 AND decided_by = 'moderator' ORDER BY id DESC OFFSET $2 LIMIT 1`,
      [siteId, MAX_DECISIONS],
    );
    return row?.id ?? firstIdAt(0);
  }

  /**
   * Reads embeddings as the system, because all callers share the cache. The decisions themselves are read as the caller,
   * who sees only permitted ones.
   */
  private inSite<T>(siteId: SiteId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.inSite({ siteId, principal: SYSTEM }, work);
  }
}
