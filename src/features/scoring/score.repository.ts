import { Injectable } from '@nestjs/common';
import { Database, SCOPE, type Tx } from '../../platform/database/database.js';
import { firstIdAt, type CommentId, type RevisionId, type SiteId, type StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { History } from './phases/index.js';
import type { Standing } from '../readers/reader.entity.js';
import type { RevisionRef } from './decision-port.js';
import type { Quality } from './quality/quality-scorer.service.js';
import type { Score } from './scores.js';
import { type Sql, composeSql, sql } from '../../platform/database/sql.js';

/** A revision as loaded for scoring. */
export interface RevisionToScore {
  revisionId: RevisionId;
  storyId: StoryId;
  body: string;
  pendingSince: Date;
  /** Null if neither the page nor the publisher has given one; see `StoryEntity.titleSource`. */
  storyTitle: string | null;
  /** The text of the comment that it replies to; null if it is no reply, or its text is not shown. */
  parentBody: string | null;
  isReply: boolean;
  /** The key of the tier that the author had when they posted. */
  authorTier: string | null;
  /** The author's standing; `standingUntil` null: permanent. */
  standing: Standing;
  standingUntil: Date | null;
  publishedCount: number;
  since: Date;
  /**
   * Present if requested. The same text by others is searched for among its latest 100 copies; counts on the story
   * cover the site's latest 500 comments at most.
   */
  history?: History;
}

export interface OverdueRevision {
  siteId: SiteId;
  commentId: CommentId;
  revision: number;
  pendingSince: Date;
}

/** Revision `$3` of the comment `$2`, if it is still pending. */
const FROM_PENDING = composeSql`
  FROM scope CROSS JOIN LATERAL (
    SELECT v.id AS "revisionId", c.story_id AS "storyId", c.author_id AS "authorId", c.author_tier AS "authorTier", v.body,
      c.pending_since AS "pendingSince", r.standing, r.standing_until AS "standingUntil",
      r.published_count AS "publishedCount", r.created_at AS since, v.fingerprint, c.parent_id IS NOT NULL AS "isReply",
      (SELECT s.title FROM story s WHERE s.site_id = c.site_id AND s.id = c.story_id AND s.title_source <> 'path')
        AS "storyTitle",
      (SELECT pv.body FROM comment p
       JOIN revision pv ON pv.site_id = p.site_id AND pv.comment_id = p.id AND pv.number = p.shown_revision
       WHERE p.site_id = c.site_id AND p.id = c.parent_id AND p.visible) AS "parentBody"
    FROM comment c
    JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
    JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
    WHERE c.site_id = scope.id AND c.id = $2 AND c.revision = $3 AND c.status = 'pending' OFFSET 0
  ) found`;

export const LOAD = composeSql`WITH ${SCOPE} SELECT found.* ${FROM_PENDING}`;

/** Counts comments posted in the last minute and ten minutes. */
const countRecentSql = (from: Sql): Sql => composeSql`(
  SELECT json_build_object('minute', count(*) FILTER (WHERE c.created_at > $4::timestamptz - interval '1 minute'),
    'tenMinutes', count(*)) FROM ${from} AND c.id <> $2 AND c.id >= $7::uuid)`;

/**
 * Loads a revision with its history. Ids are in order of time. Recent rows are at the end of the primary key or of
 * the author's index, which is read from there down to a first id, so that a long history costs nothing. What others
 * wrote is also limited by rows, however busy the site is.
 *
 * $4 is now; $5, $6 and $7 are the first ids of a day, an hour and ten minutes ago.
 */
export const LOAD_WITH_HISTORY = composeSql`WITH ${SCOPE}
  SELECT found.*, json_build_object(
    'own', ARRAY(
      SELECT v.fingerprint FROM comment c
      JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
      WHERE c.site_id = scope.id AND c.author_id = found."authorId" AND c.id <> $2 AND c.id >= $5::uuid
      ORDER BY c.id DESC LIMIT 50),
    'otherFingerprints', ARRAY(
      SELECT v.fingerprint FROM (
        SELECT c.site_id, c.id, c.revision FROM comment c
        WHERE c.site_id = scope.id AND c.author_id <> found."authorId" AND c.id >= $6::uuid
        ORDER BY c.id DESC LIMIT 200) c
      JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
      ORDER BY c.id DESC),
    'sameByOthers', (
      SELECT count(DISTINCT c.author_id)::int FROM (
        SELECT v.comment_id FROM revision v
        WHERE v.site_id = scope.id AND v.fingerprint = found.fingerprint ORDER BY v.created_at DESC LIMIT 100) v
      JOIN comment c ON c.site_id = scope.id AND c.id = v.comment_id
      WHERE c.id >= $5::uuid AND c.author_id <> found."authorId"),
    'byReader', ${countRecentSql(composeSql`comment c WHERE c.site_id = scope.id AND c.author_id = found."authorId"`)},
    'onStory', ${countRecentSql(
      composeSql`(SELECT * FROM comment r WHERE r.site_id = scope.id AND r.id >= $7::uuid ORDER BY r.id DESC LIMIT 500) c
       WHERE c.story_id = found."storyId"`,
    )}) AS history ${FROM_PENDING}`;

const MINUTE_MS = 60_000;

/** Reads the input of scoring and stores the scores. */
@Injectable()
export class ScoreRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes one round trip.
   *
   * @param at the current time; null: without the history
   * @returns null if the comment is no longer pending or its text has changed
   */
  async load(
    ctx: SiteContext,
    { commentId, revision }: RevisionRef,
    at: Date | null,
  ): Promise<RevisionToScore | null> {
    const ago = (minutes: number): string => firstIdAt(at!.getTime() - minutes * MINUTE_MS);
    const rows = at
      ? await this.database.statement<RevisionToScore>(ctx, 'score-load-with-history', LOAD_WITH_HISTORY, [
          commentId,
          revision,
          at,
          ago(24 * 60),
          ago(60),
          ago(10),
        ])
      : await this.database.statement<RevisionToScore>(ctx, 'score-load', LOAD, [commentId, revision]);
    return rows[0] ?? null;
  }

  /** Stores one row per label, ours and external ones. Scoring a revision again replaces them. */
  save(tx: Tx, ctx: SiteContext, revisionId: RevisionId, scores: Readonly<Record<string, Score>>): void {
    const rows = Object.entries(scores).map(([label, { value, spans }]) => ({ label, value, spans }));
    if (rows.length === 0) return;
    tx.write(
      'score-save',
      sql`INSERT INTO score (site_id, revision_id, label, value, spans)
       SELECT $1, $2, s.label, s.value, s.spans
       FROM jsonb_to_recordset($3::jsonb) AS s (label text, value double precision, spans jsonb)
       ON CONFLICT (site_id, revision_id, label) DO UPDATE SET value = excluded.value, spans = excluded.spans`,
      [ctx.siteId, revisionId, JSON.stringify(rows)],
    );
  }

  /**
   * Sets how good the comment is for its length, by which the sort `best` orders comments with equal reactions; null if
   * unknown.
   */
  saveQuality(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    { forItsLength, shippedForItsLength }: Pick<Quality, 'forItsLength' | 'shippedForItsLength'>,
  ): void {
    tx.write(
      'score-save-quality',
      sql`UPDATE comment SET quality = $3, shipped_quality = $4 WHERE site_id = $1 AND id = $2
       AND (quality IS DISTINCT FROM $3 OR shipped_quality IS DISTINCT FROM $4)`,
      [ctx.siteId, commentId, forItsLength, shippedForItsLength],
    );
  }

  /** Across all sites, longest pending first. */
  async overdue(tx: Tx, pendingBefore: Date, max: number): Promise<OverdueRevision[]> {
    return tx.query<OverdueRevision>(
      sql`SELECT site_id AS "siteId", comment_id AS "commentId", revision, pending_since AS "pendingSince"
       FROM overdue_pending_comments($1, $2)`,
      [pendingBefore, max],
    );
  }
}
