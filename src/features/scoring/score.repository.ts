import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { CommentId, RevisionId, SiteId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { History } from './phases/index.js';
import type { RevisionRef, Standing } from './scored-revision-sink.js';
import type { Label, ScoreMap } from './scores.js';

/** A revision as scoring finds it. */
export interface RevisionToScore {
  revisionId: RevisionId;
  storyId: StoryId;
  body: string;
  pendingSince: Date;
  /** Of the author; `standingUntil` null: for good. */
  standing: Standing;
  standingUntil: Date | null;
  publishedCount: number;
  since: Date;
}

export interface OverdueRevision {
  siteId: SiteId;
  commentId: CommentId;
  revision: number;
  pendingSince: Date;
}

const LOAD = `
  SELECT v.id AS "revisionId", c.story_id AS "storyId", v.body, c.pending_since AS "pendingSince",
    r.standing, r.standing_until AS "standingUntil", r.published_count AS "publishedCount", r.created_at AS since
  FROM comment c
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  WHERE c.site_id = $1 AND c.id = $2 AND c.revision = $3 AND c.status = 'pending'`;

// Ids are made in the order of time, so the newest comments of a site are the end of its primary key: what the
// others wrote is read from there, bounded by rows as well as by time, however busy the site is.
const HISTORY = `
  WITH this AS (SELECT author_id, story_id FROM comment WHERE site_id = $1 AND id = $2),
  own AS (
    SELECT v.fingerprint, c.created_at FROM comment c
    JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
    WHERE c.site_id = $1 AND c.author_id = (SELECT author_id FROM this) AND c.id <> $2
      AND c.created_at > $3::timestamptz - interval '24 hours'
    ORDER BY c.id DESC LIMIT 50
  ), recent AS (
    SELECT c.id, c.author_id, c.story_id, c.revision, c.created_at FROM comment c
    WHERE c.site_id = $1 AND c.id <> $2 AND c.created_at > $3::timestamptz - interval '1 hour'
    ORDER BY c.id DESC LIMIT 500
  ), others AS (
    SELECT v.fingerprint FROM (
      SELECT * FROM recent WHERE author_id <> (SELECT author_id FROM this) ORDER BY id DESC LIMIT 200) c
    JOIN revision v ON v.site_id = $1 AND v.comment_id = c.id AND v.number = c.revision
    ORDER BY c.id DESC
  )
  SELECT ARRAY(SELECT fingerprint FROM own) AS own, ARRAY(SELECT fingerprint FROM others) AS others,
    (SELECT json_build_object(
      'minute', count(*) FILTER (WHERE created_at > $3::timestamptz - interval '1 minute'),
      'tenMinutes', count(*) FILTER (WHERE created_at > $3::timestamptz - interval '10 minutes')) FROM own) AS "byReader",
    (SELECT json_build_object(
      'minute', count(*) FILTER (WHERE created_at > $3::timestamptz - interval '1 minute'),
      'tenMinutes', count(*) FILTER (WHERE created_at > $3::timestamptz - interval '10 minutes'))
     FROM recent WHERE story_id = (SELECT story_id FROM this)) AS "onStory"`;

/** Reads what scoring looks at and keeps what it found. */
@Injectable()
export class ScoreRepository {
  /** @returns null when the comment is pending no more, or has another text by now */
  async load(
    tx: Tx,
    ctx: SiteContext,
    { commentId, revision }: RevisionRef,
  ): Promise<RevisionToScore | null> {
    const [row] = await tx.prepared<RevisionToScore>('score-load', LOAD, [ctx.siteId, commentId, revision]);
    return row ?? null;
  }

  /** What went before; counts on the story are over the site's latest 500 comments at most. */
  async history(tx: Tx, ctx: SiteContext, commentId: CommentId, at: Date): Promise<History> {
    const [row] = await tx.prepared<History>('score-history', HISTORY, [ctx.siteId, commentId, at]);
    return row;
  }

  /** One row per label; scoring a revision again replaces them. */
  async save(tx: Tx, ctx: SiteContext, revisionId: RevisionId, scores: ScoreMap): Promise<void> {
    const rows = (Object.entries(scores) as [Label, { value: number; spans: unknown }][]).map(
      ([label, { value, spans }]) => ({ label, value, spans }),
    );
    if (rows.length === 0) return;
    await tx.prepared(
      'score-save',
      `INSERT INTO score (site_id, revision_id, label, value, spans)
       SELECT $1, $2, s.label, s.value, s.spans
       FROM jsonb_to_recordset($3::jsonb) AS s (label text, value double precision, spans jsonb)
       ON CONFLICT (site_id, revision_id, label) DO UPDATE SET value = excluded.value, spans = excluded.spans`,
      [ctx.siteId, revisionId, JSON.stringify(rows)],
    );
  }

  /** Over all sites, the longest pending first. */
  async overdue(tx: Tx, pendingBefore: Date, max: number): Promise<OverdueRevision[]> {
    return tx.query<OverdueRevision>(
      `SELECT site_id AS "siteId", comment_id AS "commentId", revision, pending_since AS "pendingSince"
       FROM overdue_pending_comments($1, $2)`,
      [pendingBefore, max],
    );
  }
}
