import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, SCOPE } from '../../platform/database/database.js';
import type { CommentId, ReaderId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { commentJsonSql, isoSql, isListedSql } from './comment-json.sql.js';
import type { AppealSummary } from './comments.dto.js';
import { composeSql, type Sql } from '../../platform/database/sql.js';

/** One of the reader's own comments, with its newest text and real status. */
export interface MyComment {
  readonly id: CommentId;
  readonly rootId: CommentId | null;
  /** Whether it also appears in the public thread, with an older text or as a placeholder. */
  readonly isInThread: boolean;
  readonly json: string;
  /** The appeal about the newest text. */
  readonly appeal: AppealSummary | null;
}

/** The parts of a thread that are specific to one reader. */
export interface Overlay {
  /** Reaction kinds by comment id. */
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly flagged: ReadonlySet<string>;
  /** Ids of authors whom the reader ignores. */
  readonly ignored: ReadonlySet<string>;
  /** The reader's own comments that others do not see, or see with an older text or as a placeholder; newest first. */
  readonly ownComments: readonly MyComment[];
}

/** The comments to look up: `ids` of all comments on a page, `rootIds` of its top-level comments. */
export interface OverlayQuery {
  readonly storyId: StoryId;
  readonly ids: readonly string[];
  readonly rootIds: readonly string[];
  /** Whether to include the reader's own top-level comments that no public page lists. */
  readonly includesUnlistedRoots: boolean;
}

interface Row {
  reactions: Record<string, string[]> | null;
  flagged: string[];
  ignored: string[];
  ownCommentIds: CommentId[];
}

const MAX_OWN_COMMENTS = 50;
// How long after posting authors see their rejected or removed comments in the thread. Later they see them only in the
// list of their own comments and at the comment's URL.
const REFUSED_SHOWN_MS = 7 * 24 * 60 * 60 * 1000;

/** @param hasGateFacts whether to also select `reader_gate_facts` for the reader whose key is $8, as `facts` */
export const overlaySql = (hasGateFacts: boolean): Sql => composeSql`
  WITH ${SCOPE}
  SELECT ${hasGateFacts ? composeSql`reader_gate_facts(scope.id, $8, $2)::text AS facts, ` : composeSql``}(
    SELECT json_object_agg(mine.comment_id, mine.kinds) FROM (
      SELECT x.comment_id, json_agg(x.kind ORDER BY x.kind) AS kinds FROM reaction x
      WHERE x.site_id = scope.id AND x.reader_id = $2 AND x.comment_id = ANY ($3::uuid[]) GROUP BY x.comment_id
    ) mine
  ) AS reactions, ARRAY(
    SELECT f.comment_id FROM flag f
    WHERE f.site_id = scope.id AND f.reader_id = $2 AND f.comment_id = ANY ($3::uuid[])
  )::text[] AS flagged, ARRAY(
    SELECT i.author_id FROM ignored_author i WHERE i.site_id = scope.id AND i.reader_id = $2
  )::text[] AS ignored, ARRAY(
    SELECT c.id FROM comment c
    WHERE c.site_id = scope.id AND c.story_id = $4 AND c.author_id = $2
      AND c.status IN ('pending', 'held', 'rejected', 'removed')
      AND (c.status IN ('pending', 'held') OR c.created_at >= $7)
      AND (c.id = ANY ($3::uuid[]) OR c.root_id = ANY ($5::uuid[]) OR $6::boolean AND c.parent_id IS NULL)
    ORDER BY c.id DESC LIMIT ${MAX_OWN_COMMENTS}
  )::text[] AS "ownCommentIds"
  FROM scope`;

const OVERLAY = overlaySql(false);
const OVERLAY_AND_FACTS = overlaySql(true);

// Separate from the overlay statement, because most readers have no own comments on a page and planning this part
// costs time.
export const OWN_COMMENTS = composeSql`
  WITH ${SCOPE}
  SELECT c.id, c.root_id AS "rootId", ${isListedSql('c')} AS "isInThread", own.json, (
    SELECT json_build_object('state', a.state, 'createdAt', ${isoSql(composeSql`a.created_at`)}) FROM appeal a
    WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.revision = c.revision
  ) AS appeal
  FROM scope CROSS JOIN LATERAL (
    SELECT c.* FROM comment c WHERE c.site_id = scope.id AND c.id = ANY ($2::uuid[]) AND c.author_id = $3 OFFSET 0
  ) c CROSS JOIN LATERAL ${commentJsonSql('author')} own
  ORDER BY c.id DESC`;

@Injectable()
export class ViewerOverlayView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async readOverlay(ctx: SiteContext, readerId: ReaderId, query: OverlayQuery): Promise<Overlay> {
    const values = this.valuesOf(readerId, query);
    const [row] = await this.database.statement<Row>(ctx, 'viewer-overlay', OVERLAY, values);
    return this.overlayOf(ctx, readerId, row);
  }

  /** Returns the overlay and the result of `reader_gate_facts` for the reader, in one round trip. */
  async readOverlayAndGateFacts(
    ctx: SiteContext,
    reader: { readonly id: ReaderId; readonly key: string },
    query: OverlayQuery,
  ): Promise<{ overlay: Overlay; facts: string }> {
    const [row] = await this.database.statement<Row & { facts: string }>(
      ctx,
      'viewer-overlay-facts',
      OVERLAY_AND_FACTS,
      [...this.valuesOf(reader.id, query), reader.key],
    );
    return { overlay: await this.overlayOf(ctx, reader.id, row), facts: row.facts };
  }

  private valuesOf(
    readerId: ReaderId,
    { ids, storyId, rootIds, includesUnlistedRoots }: OverlayQuery,
  ): unknown[] {
    const refusedSince = new Date(this.clock.nowMs() - REFUSED_SHOWN_MS);
    return [readerId, ids, storyId, rootIds, includesUnlistedRoots, refusedSince];
  }

  private async overlayOf(
    ctx: SiteContext,
    readerId: ReaderId,
    { reactions, flagged, ignored, ownCommentIds }: Row,
  ): Promise<Overlay> {
    return {
      reactions: new Map(Object.entries(reactions ?? {})),
      flagged: new Set(flagged),
      ignored: new Set(ignored),
      ownComments:
        ownCommentIds.length === 0
          ? []
          : await this.database.statement<MyComment>(ctx, 'viewer-own-comments', OWN_COMMENTS, [
              ownCommentIds,
              readerId,
            ]),
    };
  }
}
