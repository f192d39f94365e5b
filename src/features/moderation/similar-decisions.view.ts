import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { composeSql, sql } from '../../platform/database/sql.js';
import { firstIdAt, type CommentId, type RevisionId, type SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { hiddenWords } from '../scoring/hidden-words.js';
import type { SimilarDecision, SimilarDecisionsAnswer } from './comment-detail.dto.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { CurrentRevisionView } from './current-revision.view.js';
import { deciderSql } from './queue-item.sql.js';
import { SiteEmbeddings } from './site-embeddings.js';

/** Cosine similarity. Less similar texts have little in common. */
const MIN_SIMILARITY = 0.6;
const MAX_RETURNED = 5;
/** More than are returned, because some may be undone, deleted, or in sections that the caller does not see. */
const MAX_CANDIDATES = 50;
/** Maximum number of decisions of a site that are compared, the latest ones. They take 51 MB of memory. */
const MAX_DECISIONS = 100_000;
/** Decisions may commit in a different order from their ids. */
const OVERLAP_MS = 10_000;

export const DECIDED_EMBEDDINGS = composeSql`SELECT d.id AS "rowId", v.id AS "revisionId", e.vector
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
  private readonly decided: SiteEmbeddings;

  constructor(
    private readonly database: Database,
    private readonly revisions: CurrentRevisionView,
  ) {
    this.decided = new SiteEmbeddings(database, {
      statement: DECIDED_EMBEDDINGS,
      start: latestDecisionsStart,
      overlapMs: OVERLAP_MS,
    });
  }

  /** @returns null if there is no such comment */
  async read(ctx: SiteContext, commentId: CommentId): Promise<SimilarDecisionsAnswer | null> {
    const current = await this.revisions.read(ctx, commentId);
    if (!current) return null;
    const { embedding } = current;
    if (!embedding) return { isSupported: false, items: [] };
    const similarity = await this.decided.nearest(ctx.siteId, embedding, MAX_CANDIDATES, MIN_SIMILARITY);
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
}

/** The id after which the latest `MAX_DECISIONS` decisions begin. */
async function latestDecisionsStart(tx: Tx, siteId: SiteId): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    sql`SELECT id FROM decision WHERE site_id = $1 AND decided_by = 'moderator' ORDER BY id DESC OFFSET $2 LIMIT 1`,
    [siteId, MAX_DECISIONS],
  );
  return row?.id ?? firstIdAt(0);
}
