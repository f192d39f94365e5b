import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { composeSql, sql } from '../../platform/database/sql.js';
import { firstIdAt, type CommentId, type RevisionId, type SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { hiddenWords } from '../scoring/hidden-words.js';
import type { NearDuplicate, NearDuplicatesAnswer } from './comment-detail.dto.js';
import { CurrentRevisionView } from './current-revision.view.js';
import { SiteEmbeddings } from './site-embeddings.js';
import { isReworded, MIN_COSINE } from './reworded.js';

const DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Maximum number of comments of a site that are compared, the latest ones. They take 10 MB of memory. */
const MAX_COMMENTS = 20_000;
const MAX_COUNTED = 200;
const MAX_RETURNED = 5;
const EXCERPT_CHARS = 160;
/** A comment has no embedding before it was scored. */
const OVERLAP_MS = 10 * 60_000;

export const RECENT_EMBEDDINGS = composeSql`SELECT c.id AS "rowId", v.id AS "revisionId", e.vector
  FROM comment c
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  LEFT JOIN embedding e ON e.site_id = v.site_id AND e.revision_id = v.id
  WHERE c.site_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3`;

/** The comments with the current revisions `$2`, without comment `$3`, that are not older than id `$4`. */
export const NEAR_DUPLICATES = composeSql`SELECT v.id AS "revisionId", c.id AS "commentId", c.author_id AS "authorId",
    r.name AS author, c.status, left(v.body, 1000) AS body, ${isoSql(composeSql`c.created_at`)} AS "createdAt"
  FROM revision v
  JOIN comment c ON c.site_id = v.site_id AND c.id = v.comment_id AND c.revision = v.number AND c.status <> 'deleted'
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  WHERE v.site_id = $1 AND v.id = ANY ($2::uuid[]) AND c.id <> $3 AND c.id >= $4 AND v.body <> ''
  ORDER BY c.id DESC`;

type Row = Pick<NearDuplicate, 'commentId' | 'status' | 'createdAt'> & {
  readonly revisionId: RevisionId;
  readonly authorId: string;
  readonly author: string;
  readonly body: string;
};

/** Finds recent comments that say the same in nearly the same words, whoever wrote them. It is for information only. */
@Injectable()
export class NearDuplicatesView {
  private readonly recent: SiteEmbeddings;

  constructor(
    private readonly database: Database,
    private readonly revisions: CurrentRevisionView,
    private readonly clock: Clock,
  ) {
    this.recent = new SiteEmbeddings(database, {
      statement: RECENT_EMBEDDINGS,
      start: (tx, siteId) => this.startOf(tx, siteId),
      overlapMs: OVERLAP_MS,
    });
  }

  /** @returns null if there is no such comment */
  async read(ctx: SiteContext, commentId: CommentId): Promise<NearDuplicatesAnswer | null> {
    const current = await this.revisions.read(ctx, commentId);
    if (!current) return null;
    if (!current.embedding) return { isSupported: false, count: 0, authors: 0, items: [] };
    const cosines = await this.recent.nearest(ctx.siteId, current.embedding, MAX_COUNTED, MIN_COSINE);
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<Row>(NEAR_DUPLICATES, [ctx.siteId, [...cosines.keys()], commentId, this.firstId()]),
    );
    const found = rows.filter(({ body }) => isReworded(current.body, body));
    return {
      isSupported: true,
      count: found.length,
      authors: new Set(found.map(({ authorId }) => authorId)).size,
      items: found
        .slice(0, MAX_RETURNED)
        .map(({ revisionId, body, author, commentId: id, status, createdAt }) => {
          const excerpt = body.slice(0, EXCERPT_CHARS);
          const similarity = Math.round(cosines.get(revisionId)! * 100) / 100;
          return {
            commentId: id,
            author,
            status,
            excerpt,
            hidden: hiddenWords(excerpt),
            similarity,
            createdAt,
          };
        }),
    };
  }

  private firstId(): string {
    return firstIdAt(this.clock.nowMs() - DAYS * DAY_MS);
  }

  private async startOf(tx: Tx, siteId: SiteId): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      sql`SELECT id FROM comment WHERE site_id = $1 AND id >= $2 ORDER BY id DESC OFFSET $3 LIMIT 1`,
      [siteId, this.firstId(), MAX_COMMENTS],
    );
    return row?.id ?? this.firstId();
  }
}
