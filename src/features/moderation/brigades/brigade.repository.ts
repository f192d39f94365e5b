import { Injectable } from '@nestjs/common';
import { composeSql, sql } from '../../../platform/database/sql.js';
import type { Tx } from '../../../platform/database/database.js';
import { firstIdAt, timeOfId, type BrigadeId, type CommentId, type StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { BrigadeEntity, type BrigadeKind } from './brigade.entity.js';
import type { TimedComment, UsualReaders } from './wave.js';

const HOUR_MS = 60 * 60_000;
/** Maximum number of comments read before a comment, and as many after it. */
const MAX_NEAR = 250;
/** Maximum number of a story's comments that are counted for the hour before a window, and for the window itself. */
const MAX_EARLIER = 500;
/** Maximum number of the site's comments from which the usual share of new readers is computed. */
const MAX_ELSEWHERE = 500;

/**
 * Whether the reader `r` was new when they wrote the comment `c`, and is not trusted. The same rule as `isNewReader`
 * and the queue's filter `readers`.
 */
const IS_NEW = composeSql`((r.published_count < 3 OR r.created_at > c.created_at - interval '1 day')
  AND NOT (r.standing = 'trusted' AND (r.standing_until IS NULL OR r.standing_until > now())))`;

const AT_MS = composeSql`(extract(epoch FROM c.created_at) * 1000)::float8`;

const BRIGADE_COLUMNS = composeSql`b.id, b.kind, b.minutes, (extract(epoch FROM b.last_at) * 1000)::float8 AS "lastAtMs",
  b.dismissed_at IS NOT NULL AS "isDismissed", coalesce(b.dismissed_until > now(), false) AS "isMuted"`;

/**
 * The comments of new readers on the story $2 around the comment $3, the latest brigade of the story, and the
 * brigades that contain the comment. $4 and $5 are the ids at which the range of comments begins (inclusive) and ends
 * (exclusive).
 */
export const NEAR_ON_STORY = composeSql`
  WITH near AS MATERIALIZED (
    (SELECT c.id, c.author_id, c.created_at, c.status FROM comment c
     WHERE c.site_id = $1 AND c.story_id = $2 AND c.id <= $3 AND c.id >= $4::uuid ORDER BY c.id DESC LIMIT ${MAX_NEAR})
    UNION ALL
    (SELECT c.id, c.author_id, c.created_at, c.status FROM comment c
     WHERE c.site_id = $1 AND c.story_id = $2 AND c.id > $3 AND c.id < $5::uuid ORDER BY c.id LIMIT ${MAX_NEAR}))
  SELECT coalesce((SELECT json_agg(json_build_object('id', c.id, 'authorId', c.author_id, 'atMs', ${AT_MS}))
      FROM near c JOIN reader r ON r.site_id = $1 AND r.id = c.author_id
      WHERE c.status <> 'deleted' AND ${IS_NEW}), '[]') AS comments,
    (SELECT row_to_json(x) FROM (SELECT ${BRIGADE_COLUMNS} FROM brigade b
      WHERE b.site_id = $1 AND b.story_id = $2 AND b.kind = 'story' ORDER BY b.id DESC LIMIT 1) x) AS "latestOnStory",
    coalesce((SELECT json_agg(x) FROM (SELECT ${BRIGADE_COLUMNS},
        (SELECT count(DISTINCT c.author_id)::int FROM brigade_comment o
         JOIN comment c ON c.site_id = o.site_id AND c.id = o.comment_id
         WHERE o.site_id = $1 AND o.brigade_id = b.id) AS readers
      FROM brigade_comment m JOIN brigade b ON b.site_id = m.site_id AND b.id = m.brigade_id
      WHERE m.site_id = $1 AND m.comment_id = $3) x), '[]') AS joined`;

/**
 * The comments of new readers on any story of the site, with fingerprints: the nearest ones before and after the
 * comment $2, and others with exactly the same text. $3 and $4 are the ids at which the range begins (inclusive) and
 * ends (exclusive).
 */
export const NEAR_ON_SITE = composeSql`
  WITH near AS MATERIALIZED (
    (SELECT c.id FROM comment c WHERE c.site_id = $1 AND c.id <= $2 AND c.id >= $3::uuid ORDER BY c.id DESC LIMIT ${MAX_NEAR})
    UNION
    (SELECT c.id FROM comment c WHERE c.site_id = $1 AND c.id > $2 AND c.id < $4::uuid ORDER BY c.id LIMIT ${MAX_NEAR})
    UNION
    (SELECT v.comment_id FROM revision v WHERE v.site_id = $1 AND v.fingerprint = (
       SELECT o.fingerprint FROM comment c JOIN revision o ON o.site_id = c.site_id AND o.comment_id = c.id AND o.number = c.revision
       WHERE c.site_id = $1 AND c.id = $2)
     ORDER BY v.created_at DESC LIMIT ${MAX_NEAR}))
  SELECT c.id, c.author_id AS "authorId", ${AT_MS} AS "atMs", v.fingerprint
  FROM near JOIN comment c ON c.site_id = $1 AND c.id = near.id
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  WHERE c.id >= $3::uuid AND c.id < $4::uuid AND c.status <> 'deleted' AND ${IS_NEW}`;

/**
 * Numbers of readers who commented: `newOnStory`, new readers on the story $2 in the hour before the window; `readers`,
 * all readers on the story in the window; `elsewhere`, all and new readers on other stories in the day before the
 * window, without comments in brigades. $3 is the first id of the window, $4 the first id of the hour before it, $5 the
 * first id of the day before it, and $6 the first id after the window.
 */
export const USUAL_READERS = composeSql`
  SELECT (SELECT count(DISTINCT c.author_id)::int FROM (
      SELECT c.* FROM comment c WHERE c.site_id = $1 AND c.story_id = $2 AND c.id >= $4::uuid AND c.id < $3::uuid
      ORDER BY c.id DESC LIMIT ${MAX_EARLIER}) c
    JOIN reader r ON r.site_id = $1 AND r.id = c.author_id WHERE ${IS_NEW}) AS "newOnStory",
    (SELECT count(DISTINCT c.author_id)::int FROM (
      SELECT c.author_id FROM comment c WHERE c.site_id = $1 AND c.story_id = $2 AND c.id >= $3::uuid AND c.id < $6::uuid
      ORDER BY c.id LIMIT ${MAX_EARLIER}) c) AS readers,
    (SELECT json_build_object('readers', count(DISTINCT c.author_id), 'newReaders', count(DISTINCT c.author_id) FILTER (WHERE ${IS_NEW}))
     FROM (SELECT c.* FROM comment c WHERE c.site_id = $1 AND c.id >= $5::uuid AND c.id < $3::uuid
       ORDER BY c.id DESC LIMIT ${MAX_ELSEWHERE}) c
     JOIN reader r ON r.site_id = $1 AND r.id = c.author_id WHERE c.story_id <> $2 AND NOT EXISTS (
       SELECT FROM brigade_comment m JOIN brigade b ON b.site_id = m.site_id AND b.id = m.brigade_id
       WHERE m.site_id = $1 AND m.comment_id = c.id AND b.dismissed_at IS NULL)) AS elsewhere`;

export const LATEST_OF_STORY = composeSql`SELECT ${BRIGADE_COLUMNS} FROM brigade b
  WHERE b.site_id = $1 AND b.story_id = $2 AND b.kind = 'story' ORDER BY b.id DESC LIMIT 1`;

export const LATEST_OF_TEXT = composeSql`SELECT ${BRIGADE_COLUMNS} FROM brigade_comment m
  JOIN brigade b ON b.site_id = m.site_id AND b.id = m.brigade_id
  WHERE m.site_id = $1 AND m.comment_id = ANY ($2::uuid[]) AND b.kind = 'text' ORDER BY b.id DESC LIMIT 1`;

export interface ExistingBrigade {
  readonly id: BrigadeId;
  readonly kind: BrigadeKind;
  readonly minutes: number;
  readonly lastAtMs: number;
  readonly isDismissed: boolean;
  /** Whether a dismissal is in effect, so that no comment is held because of its story or text. */
  readonly isMuted: boolean;
}

export interface NearOnStory {
  readonly comments: readonly TimedComment[];
  /** The latest brigade of the story. */
  readonly latestOnStory: ExistingBrigade | null;
  /** Brigades that already contain the comment, with their number of readers. */
  readonly joined: readonly (ExistingBrigade & { readonly readers: number })[];
}

/** Reads the comments around a comment and stores brigades. */
@Injectable()
export class BrigadeRepository {
  async nearOnStory(
    tx: Tx,
    ctx: SiteContext,
    { storyId, commentId }: { storyId: StoryId; commentId: CommentId },
    windowMs: number,
  ): Promise<NearOnStory> {
    const [from, to] = rangeAround(commentId, windowMs);
    const values = [ctx.siteId, storyId, commentId, from, to];
    const [row] = await tx.prepared<NearOnStory>('brigade-near-on-story', NEAR_ON_STORY, values);
    return row;
  }

  nearOnSite(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    windowMs: number,
  ): Promise<(TimedComment & { fingerprint: string })[]> {
    const [from, to] = rangeAround(commentId, windowMs);
    return tx.prepared('brigade-near-on-site', NEAR_ON_SITE, [ctx.siteId, commentId, from, to]);
  }

  /**
   * @param startMs start of the window
   * @returns the usual numbers of readers, and the number of all readers in the window
   */
  async usualReaders(
    tx: Tx,
    ctx: SiteContext,
    storyId: StoryId,
    startMs: number,
    windowMs: number,
  ): Promise<UsualReaders & { readers: number }> {
    const [{ newOnStory, ...rest }] = await tx.prepared<UsualReaders & { readers: number }>(
      'brigade-usual',
      USUAL_READERS,
      [
        ctx.siteId,
        storyId,
        firstIdAt(startMs),
        firstIdAt(startMs - HOUR_MS),
        firstIdAt(startMs - 24 * HOUR_MS),
        firstIdAt(startMs + windowMs + 1),
      ],
    );
    return { newOnStory: (newOnStory * windowMs) / HOUR_MS, ...rest };
  }

  async latestOfStory(tx: Tx, ctx: SiteContext, storyId: StoryId): Promise<ExistingBrigade | null> {
    const [row] = await tx.prepared<ExistingBrigade>('brigade-of-story', LATEST_OF_STORY, [
      ctx.siteId,
      storyId,
    ]);
    return row ?? null;
  }

  /** The latest brigade of kind `text` that contains any of these comments. */
  async latestOfText(
    tx: Tx,
    ctx: SiteContext,
    commentIds: readonly CommentId[],
  ): Promise<ExistingBrigade | null> {
    const values = [ctx.siteId, commentIds];
    const [row] = await tx.prepared<ExistingBrigade>('brigade-of-text', LATEST_OF_TEXT, values);
    return row ?? null;
  }

  /** Serialises the creation of brigades on a site, so that workers do not create the same one twice. */
  lockCreation(tx: Tx, ctx: SiteContext): void {
    tx.write('brigade-lock', sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7347))`, [ctx.siteId]);
  }

  async insert(tx: Tx, ctx: SiteContext, brigade: NewBrigade): Promise<void> {
    await tx.manager.insert(BrigadeEntity, { siteId: ctx.siteId, ...brigade });
  }

  addComments(tx: Tx, ctx: SiteContext, id: BrigadeId, commentIds: readonly CommentId[]): void {
    tx.write(
      'brigade-add',
      sql`INSERT INTO brigade_comment (site_id, brigade_id, comment_id)
       SELECT $1, $2, x FROM unnest($3::uuid[]) x ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, commentIds],
    );
  }

  setLastAt(tx: Tx, ctx: SiteContext, id: BrigadeId, at: Date): void {
    tx.write(
      'brigade-last-at',
      sql`UPDATE brigade SET last_at = greatest(last_at, $3::timestamptz) WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, id, at],
    );
  }
}

type NewBrigade = Pick<BrigadeEntity, 'id' | 'kind' | 'storyId' | 'minutes' | 'startedAt' | 'lastAt'>;

/** The range of ids from one window before a comment (inclusive) to one window after it (exclusive). */
function rangeAround(commentId: CommentId, windowMs: number): [from: string, to: string] {
  const at = timeOfId(commentId);
  return [firstIdAt(at - windowMs), firstIdAt(at + windowMs + 1)];
}
