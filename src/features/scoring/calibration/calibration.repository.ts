import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { CommentId, RevisionId, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { CalibrateCommentPayload, CalibrationId } from './calibrate-comment.job.js';
import { CalibrationEntity } from './calibration.entity.js';
import type { Pair } from './fit-threshold.js';
import type { ComparedLabel, ScorerRef } from './scorer-ref.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type Thresholds = Readonly<Partial<Record<ComparedLabel, number>>>;
export type Values = Readonly<Partial<Record<ComparedLabel, number>>>;

export type CalibrationRow = Omit<CalibrationEntity, 'siteId'>;

/** A text as both scorers receive it. */
export interface TextToCompare {
  revisionId: RevisionId;
  body: string;
  fromScorer: ScorerRef;
  toScorer: ScorerRef;
  /** Number of the author's published comments. */
  publishedCount: number;
  since: Date;
  isPending: boolean;
  thresholds: Thresholds;
}

/** The result of one scorer: scores by label, or the reason why there are none. */
export type SideScoresResult =
  { readonly scores: Values; readonly absent: null } | { readonly scores: null; readonly absent: string };

/** The scores from which the first scorer (`heldFrom`) and the second (`heldTo`) hold a comment. */
export interface DifferenceThresholds {
  label: ComparedLabel;
  heldFrom: number;
  heldTo: number;
}

export interface DifferenceRow {
  commentId: CommentId;
  body: string;
  status: string;
  createdAt: Date;
  from: number;
  to: number;
  /** The outcome decided by people, from last_human_outcome(); null if there is none. */
  people: string | null;
}

const COLUMNS = composeSql`c.id, c.from_scorer AS "fromScorer", c.from_name AS "fromName", c.to_scorer AS "toScorer",
  c.to_name AS "toName", c.thresholds, c.max_comments AS "maxComments", c.ends_at AS "endsAt",
  c.started_at AS "startedAt", coalesce(c.ended_at, CASE WHEN c.ends_at <= $2::timestamptz THEN c.ends_at END) AS "endedAt", c.comments, c.from_absent AS "fromAbsent",
  c.to_absent AS "toAbsent", c.adopted_version AS "adoptedVersion", c.adopted_at AS "adoptedAt"`;

const MAX_LISTED = 50;

export const LIST_CALIBRATIONS = composeSql`SELECT ${COLUMNS} FROM calibration c WHERE c.site_id = $1 ORDER BY c.id DESC LIMIT ${MAX_LISTED}`;

export const FIND_CALIBRATION = composeSql`SELECT ${COLUMNS} FROM calibration c WHERE c.site_id = $1 AND c.id = $3`;

/** A site's calibrations and the scores that both scorers gave each comment. */
@Injectable()
export class CalibrationRepository {
  /** The latest calibrations, newest first. */
  list(tx: Tx, ctx: SiteContext, at: Date): Promise<CalibrationRow[]> {
    return tx.query<CalibrationRow>(LIST_CALIBRATIONS, [ctx.siteId, at]);
  }

  async find(tx: Tx, ctx: SiteContext, id: string, at: Date): Promise<CalibrationRow | null> {
    const [row] = await tx.query<CalibrationRow>(FIND_CALIBRATION, [ctx.siteId, at, id]);
    return row ?? null;
  }

  /** @returns null if none is running */
  async running(tx: Tx, siteId: SiteId, at: Date): Promise<CalibrationId | null> {
    const [row] = await tx.prepared<{ id: CalibrationId }>(
      'calibration-running',
      sql`SELECT id FROM calibration WHERE site_id = $1 AND ended_at IS NULL AND ends_at > $2`,
      [siteId, at],
    );
    return row?.id ?? null;
  }

  /** @returns false if another one is running */
  async start(
    tx: Tx,
    ctx: SiteContext,
    row: Omit<
      CalibrationRow,
      'endedAt' | 'comments' | 'fromAbsent' | 'toAbsent' | 'adoptedVersion' | 'adoptedAt'
    >,
  ): Promise<boolean> {
    await tx.query(
      sql`UPDATE calibration SET ended_at = ends_at WHERE site_id = $1 AND ended_at IS NULL AND ends_at <= $2`,
      [ctx.siteId, row.startedAt],
    );
    const inserted = await tx.query(
      sql`INSERT INTO calibration (site_id, id, from_scorer, from_name, to_scorer, to_name, thresholds, max_comments,
         ends_at, started_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (site_id) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
      [
        ctx.siteId,
        row.id,
        row.fromScorer,
        row.fromName,
        row.toScorer,
        row.toName,
        JSON.stringify(row.thresholds),
        row.maxComments,
        row.endsAt,
        row.startedAt,
      ],
    );
    return inserted.length === 1;
  }

  /** A calibration that has ended does not change. */
  async stop(tx: Tx, ctx: SiteContext, id: string, at: Date): Promise<void> {
    await tx.query(
      sql`UPDATE calibration SET ended_at = least(ends_at, $3) WHERE site_id = $1 AND id = $2 AND ended_at IS NULL`,
      [ctx.siteId, id, at],
    );
  }

  async markAdopted(tx: Tx, ctx: SiteContext, id: string, version: number, at: Date): Promise<void> {
    await tx.manager
      .getRepository(CalibrationEntity)
      .update({ siteId: ctx.siteId, id: id as CalibrationId }, { adoptedVersion: version, adoptedAt: at });
  }

  /** @returns null if the calibration has ended, or the comment was deleted or its text has changed since */
  async load(
    tx: Tx,
    { siteId, calibrationId, commentId, revision }: CalibrateCommentPayload,
    at: Date,
  ): Promise<TextToCompare | null> {
    const [row] = await tx.prepared<TextToCompare>(
      'calibration-load',
      sql`SELECT v.id AS "revisionId", v.body, k.from_scorer AS "fromScorer", k.to_scorer AS "toScorer",
         r.published_count AS "publishedCount", r.created_at AS since, c.status = 'pending' AS "isPending",
         k.thresholds
       FROM calibration k
       JOIN comment c ON c.site_id = k.site_id AND c.id = $3 AND c.revision = $4 AND c.status <> 'deleted'
       JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
       JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
       WHERE k.site_id = $1 AND k.id = $2 AND k.ended_at IS NULL AND k.ends_at > $5`,
      [siteId, calibrationId, commentId, revision, at],
    );
    return row ?? null;
  }

  /** The result that an external scorer returned when the comment was decided; null if it has not been called yet. */
  async findDecisionScores(
    tx: Tx,
    siteId: SiteId,
    revisionId: RevisionId,
    scorer: string,
  ): Promise<{ outcome: string; values: Record<string, number> } | null> {
    const [row] = await tx.query<{ outcome: string; values: Record<string, number> }>(
      sql`SELECT a.outcome, coalesce((
         SELECT jsonb_object_agg(substr(s.label, length($3) + 2), s.value) FROM score s
         WHERE s.site_id = a.site_id AND s.revision_id = a.revision_id AND starts_with(s.label, $3 || ':')), '{}') AS values
       FROM external_answer a WHERE a.site_id = $1 AND a.revision_id = $2 AND a.scorer = $3`,
      [siteId, revisionId, scorer],
    );
    return row ?? null;
  }

  /** Counts each comment once and ends the calibration when enough comments have been compared. */
  async insertScores(
    tx: Tx,
    { siteId, calibrationId, commentId }: CalibrateCommentPayload,
    revisionId: RevisionId,
    from: SideScoresResult,
    to: SideScoresResult,
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`WITH added AS (
         INSERT INTO calibration_score (site_id, calibration_id, comment_id, revision_id, from_scores, to_scores,
           from_absent, to_absent)
         SELECT k.site_id, k.id, $3, $4, $5, $6, $7, $8 FROM calibration k
         WHERE k.site_id = $1 AND k.id = $2 AND k.ended_at IS NULL FOR UPDATE
         ON CONFLICT DO NOTHING RETURNING from_absent, to_absent
       )
       UPDATE calibration k SET comments = k.comments + (added.from_absent IS NULL AND added.to_absent IS NULL)::int,
         from_absent = k.from_absent + (added.from_absent IS NOT NULL)::int,
         to_absent = k.to_absent + (added.to_absent IS NOT NULL)::int,
         ended_at = CASE WHEN added.from_absent IS NULL AND added.to_absent IS NULL
           AND k.comments + 1 >= k.max_comments THEN $9::timestamptz END
       FROM added WHERE k.site_id = $1 AND k.id = $2`,
      [
        siteId,
        calibrationId,
        commentId,
        revisionId,
        from.scores && JSON.stringify(from.scores),
        to.scores && JSON.stringify(to.scores),
        from.absent,
        to.absent,
        at,
      ],
    );
  }

  /** The scores of both scorers by label, for the comments that both gave a score for it. */
  async pairs(
    tx: Tx,
    ctx: SiteContext,
    id: string,
    labels: readonly ComparedLabel[],
  ): Promise<Map<ComparedLabel, Pair[]>> {
    const rows = await tx.query<{ label: ComparedLabel; from: number[]; to: number[] }>(
      sql`SELECT l.label, array_agg((s.from_scores ->> l.label)::float8) AS "from",
         array_agg((s.to_scores ->> l.label)::float8) AS "to"
       FROM unnest($3::text[]) AS l (label)
       JOIN calibration_score s ON s.site_id = $1 AND s.calibration_id = $2
         AND s.from_scores ? l.label AND s.to_scores ? l.label
       GROUP BY l.label`,
      [ctx.siteId, id, labels],
    );
    const found = new Map(
      rows.map(({ label, from, to }) => [label, from.map((value, at) => ({ from: value, to: to[at] }))]),
    );
    return new Map(labels.map((label) => [label, found.get(label) ?? []]));
  }

  /** Reasons why scores are missing, most frequent first. */
  absences(
    tx: Tx,
    ctx: SiteContext,
    id: string,
  ): Promise<{ side: 'from' | 'to'; why: string; comments: number }[]> {
    return tx.query(
      sql`SELECT x.side, x.why, count(*)::int AS comments
       FROM calibration_score s
       CROSS JOIN LATERAL (VALUES ('from', s.from_absent), ('to', s.to_absent)) AS x (side, why)
       WHERE s.site_id = $1 AND s.calibration_id = $2 AND x.why IS NOT NULL
       GROUP BY 1, 2 ORDER BY 3 DESC, 2`,
      [ctx.siteId, id],
    );
  }

  /**
   * Comments that one scorer would hold and the other would not, newest first.
   *
   * @param before the last comment of the previous page; null for the first page
   */
  differences(
    tx: Tx,
    ctx: SiteContext,
    id: string,
    { label, heldFrom, heldTo }: DifferenceThresholds,
    before: string | null,
    limit: number,
  ): Promise<DifferenceRow[]> {
    return tx.query<DifferenceRow>(
      sql`SELECT s.comment_id AS "commentId", v.body, c.status, c.created_at AS "createdAt", x.f AS "from", x.t AS "to",
         last_human_outcome(s.site_id, s.comment_id, v.number) AS people
       FROM calibration_score s
       CROSS JOIN LATERAL (SELECT (s.from_scores ->> $3)::float8 AS f, (s.to_scores ->> $3)::float8 AS t) x
       JOIN revision v ON v.site_id = s.site_id AND v.id = s.revision_id
       JOIN comment c ON c.site_id = s.site_id AND c.id = s.comment_id AND c.status <> 'deleted'
       WHERE s.site_id = $1 AND s.calibration_id = $2 AND (x.f >= $4) <> (x.t >= $5)
         AND ($6::uuid IS NULL OR s.comment_id < $6)
       ORDER BY s.comment_id DESC LIMIT $7`,
      [ctx.siteId, id, label, heldFrom, heldTo, before, limit],
    );
  }

  async purge(tx: Tx, endedBefore: Date): Promise<void> {
    await tx.query(sql`SELECT purge_calibrations($1)`, [endedBefore]);
  }
}
