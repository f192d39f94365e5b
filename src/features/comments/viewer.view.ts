import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, SCOPE } from '../../platform/database/database.js';
import type { CommentId, ReaderId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { commentJsonSql, isoSql, shownSql } from './comment-json.js';
import type { AppealStanding } from './comments.dto.js';

/** A comment of the reader's own, with its newest text and real status. */
export interface OwnComment {
  readonly id: CommentId;
  readonly rootId: CommentId | null;
  /** Whether it also stands in the thread that everybody sees, with an older text or as a tombstone. */
  readonly isInThread: boolean;
  readonly json: string;
  /** Of the newest text. */
  readonly appeal: AppealStanding | null;
}

/** What a thread shows one reader besides what everybody sees. */
export interface Overlay {
  /** Kinds by comment. */
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly flagged: ReadonlySet<string>;
  /** Authors whom the reader ignores. */
  readonly ignored: ReadonlySet<string>;
  /** Own comments that others do not see, or see otherwise; newest first. */
  readonly own: readonly OwnComment[];
}

/** What is looked at: `ids` of all comments on a page, `rootIds` of those at the top of it. */
export interface Seen {
  readonly storyId: StoryId;
  readonly ids: readonly string[];
  readonly rootIds: readonly string[];
  /** Also own top-level comments that stand on no page. */
  readonly withUnseenRoots: boolean;
}

interface Row {
  reactions: Record<string, string[]> | null;
  flagged: string[];
  ignored: string[];
  own: (Omit<OwnComment, 'json'> & { json: string })[] | null;
}

const MAX_OWN = 50;
// Refused comments stay in their author's thread this long; then they are still there by their address.
const REFUSED_SHOWN_MS = 7 * 24 * 60 * 60 * 1000;

const OVERLAY = `
  WITH ${SCOPE}
  SELECT (
    SELECT json_object_agg(mine.comment_id, mine.kinds) FROM (
      SELECT x.comment_id, json_agg(x.kind ORDER BY x.kind) AS kinds FROM reaction x
      WHERE x.site_id = scope.id AND x.reader_id = $2 AND x.comment_id = ANY ($3::uuid[]) GROUP BY x.comment_id
    ) mine
  ) AS reactions, ARRAY(
    SELECT f.comment_id FROM flag f
    WHERE f.site_id = scope.id AND f.reader_id = $2 AND f.comment_id = ANY ($3::uuid[])
  )::text[] AS flagged, ARRAY(
    SELECT i.author_id FROM ignored_author i WHERE i.site_id = scope.id AND i.reader_id = $2
  )::text[] AS ignored, (
    SELECT json_agg(row_to_json(o)) FROM (
      SELECT c.id, c.root_id AS "rootId", ${shownSql('c')} AS "isInThread", own.json, (
        SELECT json_build_object('state', a.state, 'createdAt', ${isoSql('a.created_at')}) FROM appeal a
        WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.revision = c.revision
      ) AS appeal
      FROM (
        SELECT c.* FROM comment c
        WHERE c.site_id = scope.id AND c.story_id = $4 AND c.author_id = $2
          AND c.status IN ('pending', 'held', 'rejected', 'removed')
          AND (c.status IN ('pending', 'held') OR c.created_at >= $7)
          AND (c.id = ANY ($3::uuid[]) OR c.root_id = ANY ($5::uuid[]) OR $6::boolean AND c.parent_id IS NULL)
        ORDER BY c.id DESC LIMIT ${MAX_OWN}
      ) c CROSS JOIN LATERAL ${commentJsonSql('c', 'author')} own
    ) o
  ) AS own
  FROM scope`;

@Injectable()
export class ViewerView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async overlay(ctx: SiteContext, readerId: ReaderId, seen: Seen): Promise<Overlay> {
    const [row] = await this.database.statement<Row>(ctx, 'viewer-overlay', OVERLAY, [
      readerId,
      seen.ids,
      seen.storyId,
      seen.rootIds,
      seen.withUnseenRoots,
      new Date(this.clock.nowMs() - REFUSED_SHOWN_MS),
    ]);
    return {
      reactions: new Map(Object.entries(row?.reactions ?? {})),
      flagged: new Set(row?.flagged),
      ignored: new Set(row?.ignored),
      own: row?.own ?? [],
    };
  }
}
