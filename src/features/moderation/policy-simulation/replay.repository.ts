import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { CommentId, StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { BrigadeKind } from '../brigades/brigade.entity.js';
import type { Standing } from '../../readers/reader.entity.js';
import type { PolicyReplayDifferenceEntity } from './policy-replay-difference.entity.js';
import { PolicyReplayEntity } from './policy-replay.entity.js';
import type { ReplayId } from './replay-policy.job.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type HumanOutcome = 'publish' | 'refuse' | null;
export type ReplayState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';

/**
 * Numbers of comments with the key `live/draft/people`, such as `publish/hold/none`, where `people` is `publish`, `refuse`
 * or `none`; and with the key `unscored`.
 */
export type Tally = Record<string, number>;

export type Replay = Omit<PolicyReplayEntity, 'siteId'>;

/** A comment with those inputs of its decision that are still stored. */
export interface PastComment {
  readonly id: CommentId;
  readonly storyId: StoryId;
  readonly revision: number;
  readonly authorTier: string | null;
  readonly language: string | null;
  readonly createdAt: Date;
  /** When the author was first seen on the site. */
  readonly since: Date;
  readonly body: string;
  /** See `toBytes`; null if it is no longer stored, or the text was not encoded. */
  readonly embedding: Buffer | null;
  readonly standing: Standing;
  readonly publishedCount: number;
  /** By label. External scorers' labels are `key:label`. */
  readonly scores: Record<string, number> | null;
  /** The brigades that it belongs to. */
  readonly brigades: readonly { kind: BrigadeKind; readers: number; minutes: number }[];
  readonly people: HumanOutcome;
}

export type ReplayDifference = Omit<PolicyReplayDifferenceEntity, 'siteId' | 'replayId'>;

/** After this many stored differences, no further batch of them is stored. All differences are counted. */
export const MAX_DIFFERENCES = 1_000;
/** Counting stops here, because an author with this many published comments is not new under any policy. */
const MAX_PUBLISHED_COUNT = 1_000;

// Computes the author's standing and number of published comments at the time of the comment, because a replay computes
// what would have been decided then.
export const PAST_COMMENTS = composeSql`
  SELECT c.id, c.story_id AS "storyId", c.revision, c.author_tier AS "authorTier", c.language, c.created_at AS "createdAt",
    r.created_at AS since, v.body,
    (SELECT e.vector FROM embedding e WHERE e.site_id = c.site_id AND e.revision_id = v.id) AS embedding,
    coalesce((SELECT CASE WHEN s.until IS NOT NULL AND s.until <= c.created_at THEN 'normal' ELSE s.standing END
      FROM reader_sanction s
      WHERE s.site_id = c.site_id AND s.reader_id = c.author_id AND s.created_at <= c.created_at
      ORDER BY s.id DESC LIMIT 1), 'normal') AS standing,
    (SELECT count(*)::int FROM (SELECT FROM comment p
      WHERE p.site_id = c.site_id AND p.author_id = c.author_id AND p.id < c.id AND p.status = 'published'
      LIMIT ${MAX_PUBLISHED_COUNT}) p) AS "publishedCount",
    (SELECT json_object_agg(x.label, x.value) FROM score x WHERE x.site_id = c.site_id AND x.revision_id = v.id) AS scores,
    coalesce((SELECT json_agg(json_build_object('kind', b.kind, 'minutes', b.minutes, 'readers', (
        SELECT count(DISTINCT other.author_id)::int FROM brigade_comment o
        JOIN comment other ON other.site_id = o.site_id AND other.id = o.comment_id
        WHERE o.site_id = b.site_id AND o.brigade_id = b.id)))
      FROM brigade_comment m JOIN brigade b ON b.site_id = m.site_id AND b.id = m.brigade_id
      WHERE m.site_id = c.site_id AND m.comment_id = c.id), '[]') AS brigades,
    last_human_outcome(c.site_id, c.id, c.revision) AS people
  FROM (
    SELECT * FROM comment c WHERE c.site_id = $1 AND ($2::uuid IS NULL OR c.id < $2) AND c.status NOT IN ('pending', 'deleted')
    ORDER BY c.id DESC LIMIT $3) c
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  ORDER BY c.id DESC`;

export const ADD_DIFFERENCES = composeSql`INSERT INTO policy_replay_difference (site_id, replay_id, comment_id, revision, live, draft, live_rule, draft_rule, people)
   SELECT $1, $2, x."commentId", x.revision, x.live, x.draft, x."liveRule", x."draftRule", x.people
   FROM json_to_recordset($3) AS x ("commentId" uuid, revision int, live text, draft text, "liveRule" text,
     "draftRule" text, people text)
   WHERE (SELECT count(*) FROM policy_replay_difference d WHERE d.site_id = $1 AND d.replay_id = $2) < ${MAX_DIFFERENCES}
   ON CONFLICT DO NOTHING`;

@Injectable()
export class ReplayRepository {
  async insert(
    tx: Tx,
    ctx: SiteContext,
    replay: Pick<Replay, 'id' | 'draft' | 'live' | 'policyVersion' | 'maxComments' | 'createdAt'>,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO policy_replay (site_id, id, draft, live, policy_version, max_comments, created_at, actor)
       VALUES ($1, $2, $3, $4, $5, $6, $7, nullif(current_setting('app.actor', true), '')::jsonb)`,
      [
        ctx.siteId,
        replay.id,
        JSON.stringify(replay.draft),
        JSON.stringify(replay.live),
        replay.policyVersion,
        replay.maxComments,
        replay.createdAt,
      ],
    );
  }

  find(tx: Tx, ctx: SiteContext, id: ReplayId): Promise<Replay | null> {
    return tx.manager.getRepository(PolicyReplayEntity).findOneBy({ siteId: ctx.siteId, id });
  }

  /** The latest, newest first. */
  list(tx: Tx, ctx: SiteContext, max: number): Promise<Replay[]> {
    return tx.manager
      .getRepository(PolicyReplayEntity)
      .find({ where: { siteId: ctx.siteId }, order: { id: 'DESC' }, take: max });
  }

  /**
   * Locks the row for a worker that continues the replay, so that each batch is counted once.
   * @returns null if the replay has ended
   */
  async lock(tx: Tx, ctx: SiteContext, id: ReplayId): Promise<Replay | null> {
    const [row] = await tx.query<Replay>(
      sql`UPDATE policy_replay SET state = 'running' WHERE site_id = $1 AND id = $2 AND state IN ('waiting', 'running')
       RETURNING id, draft, live, policy_version AS "policyVersion", max_comments AS "maxComments", state, reached, seen, tally, runs, actor,
         created_at AS "createdAt", ended_at AS "endedAt"`,
      [ctx.siteId, id],
    );
    return row ?? null;
  }

  async advance(
    tx: Tx,
    ctx: SiteContext,
    replay: Pick<Replay, 'id' | 'reached' | 'seen' | 'tally'>,
    doneAt: Date | null,
  ): Promise<void> {
    await tx.query(
      sql`UPDATE policy_replay SET reached = $3, seen = $4, tally = $5, ended_at = $6,
         state = CASE WHEN $6::timestamptz IS NULL THEN state ELSE 'done' END
       WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, replay.id, replay.reached, replay.seen, JSON.stringify(replay.tally), doneAt],
    );
  }

  /** @returns false if it is in none of the given states */
  async changeState(
    tx: Tx,
    ctx: SiteContext,
    id: ReplayId,
    from: readonly ReplayState[],
    to: ReplayState,
    endedAt: Date | null,
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE policy_replay SET state = $4, ended_at = $5, runs = runs + 1
       WHERE site_id = $1 AND id = $2 AND state = ANY ($3) RETURNING id`,
      [ctx.siteId, id, from, to, endedAt],
    );
    return rows.length === 1;
  }

  pastComments(tx: Tx, ctx: SiteContext, before: CommentId | null, rows: number): Promise<PastComment[]> {
    return tx.query<PastComment>(PAST_COMMENTS, [ctx.siteId, before, rows]);
  }

  async addDifferences(
    tx: Tx,
    ctx: SiteContext,
    id: ReplayId,
    differences: readonly ReplayDifference[],
  ): Promise<void> {
    if (differences.length === 0) return;
    await tx.query(ADD_DIFFERENCES, [ctx.siteId, id, JSON.stringify(differences)]);
  }

  /** Newest comment first. */
  differences(
    tx: Tx,
    ctx: SiteContext,
    id: ReplayId,
    before: string | null,
    rows: number,
  ): Promise<(ReplayDifference & { excerpt: string })[]> {
    return tx.query(
      sql`SELECT d.comment_id AS "commentId", d.revision, d.live, d.draft, d.live_rule AS "liveRule",
         d.draft_rule AS "draftRule", d.people, left(v.body, 280) AS excerpt
       FROM policy_replay_difference d
       JOIN revision v ON v.site_id = d.site_id AND v.comment_id = d.comment_id AND v.number = d.revision
       WHERE d.site_id = $1 AND d.replay_id = $2 AND ($3::uuid IS NULL OR d.comment_id < $3)
       ORDER BY d.comment_id DESC LIMIT $4`,
      [ctx.siteId, id, before, rows],
    );
  }
}
