import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import type { CommentId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { commentJsonSql } from '../comments/comment-json.sql.js';
import type { CommentEvent } from '../comments/comments.events.js';
import { composeSql } from '../../platform/database/sql.js';

export interface StoredEvent {
  readonly position: number;
  readonly type: string;
  readonly payload: CommentEvent;
}

export interface StoryCursor {
  /** Number of visible comments and replies. */
  readonly total: number;
  /** Position of the story's last event; 0 if there is none. */
  readonly position: number;
}

export const STORY_CURSOR = composeSql`
  WITH ${SCOPE}
  SELECT cursor.* FROM scope CROSS JOIN LATERAL (
    SELECT s.comment_count AS total, coalesce((
      SELECT e.position FROM event e WHERE e.site_id = scope.id AND e.story_id = $2 ORDER BY e.position DESC LIMIT 1
    ), 0)::float8 AS position
    FROM story s WHERE s.site_id = scope.id AND s.id = $2 OFFSET 0
  ) cursor`;

export const EVENTS_AFTER = composeSql`
  WITH ${SCOPE}
  SELECT e.* FROM scope CROSS JOIN LATERAL (
    SELECT e.position::float8 AS position, e.type, e.payload FROM event e
    WHERE e.site_id = scope.id AND e.story_id = $2 AND e.position > $3
    ORDER BY e.position LIMIT $4
  ) e ORDER BY e.position`;

export const VISIBLE_COMMENTS = composeSql`
  WITH ${SCOPE}
  SELECT c.id, shown.json FROM scope CROSS JOIN LATERAL (
    SELECT c.* FROM comment c WHERE c.site_id = scope.id AND c.id = ANY ($2::uuid[]) AND c.visible OFFSET 0
  ) c CROSS JOIN LATERAL ${commentJsonSql('everyone')} shown`;

/** Reads what streams send, from the event log and the current state of the comments. */
@Injectable()
export class LiveView {
  constructor(private readonly database: Database) {}

  async readCursor(ctx: SiteContext, storyId: StoryId): Promise<StoryCursor> {
    const [row] = await this.database.statement<StoryCursor>(ctx, 'live-cursor', STORY_CURSOR, [storyId]);
    return row ?? { total: 0, position: 0 };
  }

  /** Lists the story's events after a position, oldest first. */
  listEventsAfter(ctx: SiteContext, storyId: StoryId, position: number, max: number): Promise<StoredEvent[]> {
    return this.database.statement<StoredEvent>(ctx, 'live-events-after', EVENTS_AFTER, [
      storyId,
      position,
      max,
    ]);
  }

  /** Returns the API's JSON of those comments that are publicly visible now. */
  async readVisibleComments(ctx: SiteContext, ids: readonly CommentId[]): Promise<Map<CommentId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.statement<{ id: CommentId; json: string }>(
      ctx,
      'live-visible-comments',
      VISIBLE_COMMENTS,
      [ids],
    );
    return new Map(rows.map(({ id, json }) => [id, json]));
  }
}
