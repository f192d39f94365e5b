import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Cursors, type Page } from '../../../platform/http/cursor.js';
import { notFound } from '../../../platform/http/problem.js';
import type { CommentId, ReaderId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import type { CommentStatus } from '../../comments/comment-status.js';
import { displayName, nameSkeleton, numberedNameVariants } from '../../readers/display-name.js';
import { hiddenWords } from '../../scoring/hidden-words.js';
import type { EvasionHint, ReaderComment, ReaderRecord } from './moderation-readers.dto.js';
import { deciderSql } from '../queue-item.sql.js';
import { EVASION_HINTS } from './evasion-hints.sql.js';
import { MODERATOR_JSON, readerJson, standingNow } from './reader-row.sql.js';
import { type Sql, composeSql, sql } from '../../../platform/database/sql.js';

/** Counts cover this many of the latest comments. The limit keeps the record fast for very active readers. */
const MAX_COUNTED = 1_000;
/** Number of latest comments that are searched for decisions by people. */
const LOOK_BACK = 200;
const MAX_ENTRIES = 50;

/** The latest rows of one table about the person, newest first, as alias `t`. $5 are the person's accounts. */
const latestRows = (
  table: 'reader_sanction' | 'reader_note' | 'reader_message',
  json: Sql,
): Sql => composeSql`coalesce((
  SELECT json_agg(${json} ORDER BY t.id DESC) FROM (
    SELECT * FROM ${table} WHERE site_id = $1 AND reader_id = ANY ($5::uuid[]) ORDER BY id DESC LIMIT ${MAX_ENTRIES}) t
  LEFT JOIN moderator m ON m.id = t.moderator_id), '[]')`;
const NOTE_OR_MESSAGE = composeSql`json_build_object('id', t.id, 'readerId', t.reader_id,
  'text', t.text, 'moderator', ${MODERATOR_JSON}, 'createdAt', ${isoSql(composeSql`t.created_at`)})`;

/** FROM items: the latest comments of each account of the person, as alias `c`. */
const latestComments = (
  columns: Sql,
  rows: number,
): Sql => composeSql`unnest($5::uuid[]) a (id) CROSS JOIN LATERAL (
  SELECT ${columns} FROM comment c WHERE c.site_id = $1 AND c.author_id = a.id ORDER BY c.id DESC LIMIT ${rows}) c`;

/**
 * Skeletons of names that look like the name that the publisher gave. Includes variants with a number, because a reader
 * whose name is taken is shown with a number.
 */
function similarNameSkeletons(publisherName: string): string[] {
  const name = displayName(publisherName);
  return name === '' ? [] : numberedNameVariants(name).map(nameSkeleton);
}

export const READER_RECORD = composeSql`
  SELECT ${readerJson('$3', '$4')} AS reader,
    CASE WHEN ${standingNow('$3')} <> 'normal' THEN r.standing_reason END AS "standingReason",
    (SELECT json_build_object(
        'published', count(*) FILTER (WHERE h.status = 'published'), 'held', count(*) FILTER (WHERE h.status = 'held'),
        'rejected', count(*) FILTER (WHERE h.status = 'rejected'), 'removed', count(*) FILTER (WHERE h.status = 'removed'),
        'flagged', count(*) FILTER (WHERE EXISTS (SELECT FROM flag f WHERE f.site_id = $1 AND f.comment_id = h.id)))
     FROM (SELECT c.id, c.status FROM ${latestComments(composeSql`c.id, c.status`, MAX_COUNTED)} ORDER BY c.id DESC LIMIT ${MAX_COUNTED}) h) AS history,
    coalesce((SELECT json_agg(${readerJson('$3', '$4')} ORDER BY r.id) FROM reader r
      WHERE r.site_id = $1 AND r.id = ANY ($5::uuid[]) AND r.id <> $2), '[]') AS accounts,
    ${latestRows(
      'reader_sanction',
      composeSql`json_build_object('id', t.id, 'readerId', t.reader_id, 'standing', t.standing, 'until', ${isoSql(composeSql`t.until`)},
         'reason', t.reason, 'note', t.note, 'moderator', ${deciderSql('t')}, 'createdAt', ${isoSql(composeSql`t.created_at`)})`,
    )} AS sanctions,
    ${latestRows('reader_note', NOTE_OR_MESSAGE)} AS notes,
    ${latestRows('reader_message', NOTE_OR_MESSAGE)} AS messages,
    coalesce((SELECT json_agg(x ORDER BY x.id DESC) FROM (
      SELECT d.id, d.comment_id AS "commentId", d.action, ${deciderSql('d')} AS moderator, d.reason, d.note,
        left(v.body, 160) AS excerpt, ${isoSql(composeSql`d.created_at`)} AS "createdAt"
      FROM ${latestComments(composeSql`c.id`, LOOK_BACK)}
      JOIN decision d ON d.site_id = $1 AND d.comment_id = c.id AND d.decided_by = 'moderator' AND d.action <> 'undo'
        AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = $1 AND u.reverses = d.id)
      JOIN revision v ON v.site_id = $1 AND v.comment_id = d.comment_id AND v.number = d.revision
      LEFT JOIN moderator m ON m.id = d.moderator_id
      ORDER BY d.id DESC LIMIT 10) x), '[]') AS decisions
  FROM reader r WHERE r.site_id = $1 AND r.id = $2`;

export const READER_COMMENTS = composeSql`
  SELECT c.id, c.author_id AS "readerId", c.status, v.body,
    (SELECT json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url)
     FROM story s WHERE s.site_id = $1 AND s.id = c.story_id) AS story,
    c.parent_id AS "parentId", c.reason, c.flag_count AS flags, ${isoSql(composeSql`c.created_at`)} AS "createdAt",
    (SELECT d.rule_text FROM decision d WHERE d.site_id = $1 AND d.comment_id = c.id AND d.decided_by = 'rule'
     ORDER BY d.id DESC LIMIT 1) AS rule
  FROM (
    SELECT c.* FROM unnest($2::uuid[]) a (id) CROSS JOIN LATERAL (
      SELECT c.* FROM comment c WHERE c.site_id = $1 AND c.author_id = a.id
        AND ($3::uuid IS NULL OR c.id < $3) AND ($4::text IS NULL OR c.status = $4)
      ORDER BY c.id DESC LIMIT $5) c
    ORDER BY c.id DESC LIMIT $5) c
  JOIN revision v ON v.site_id = $1 AND v.comment_id = c.id AND v.number = c.revision
  ORDER BY c.id DESC`;

/** Everything known about a reader and the other accounts of the same person. */
@Injectable()
export class ReaderRecordView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  async read(ctx: SiteContext, id: ReaderId, showsEmail: boolean): Promise<ReaderRecord> {
    const moderatorId = ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null;
    const now = this.clock.now();
    const found = await this.database.inSite(ctx, async (tx) => {
      const [person] = await tx.query<{ accounts: ReaderId[]; isOwn: boolean; name: string | null }>(
        sql`SELECT accounts_of_person($1, $2) AS accounts,
           (SELECT name_from_publisher FROM reader WHERE site_id = $1 AND id = $2) AS name, $3::uuid IS NOT NULL AND is_own_reader($1, $2, $3) AS "isOwn"`,
        [ctx.siteId, id, moderatorId],
      );
      const values = [ctx.siteId, id, now, showsEmail, person.accounts];
      const [record] = await tx.query<Omit<ReaderRecord, 'hints' | 'isOwn'>>(READER_RECORD, values);
      if (!record) return null;
      const [{ hints }] = await tx.query<{ hints: EvasionHint[] }>(EVASION_HINTS, [
        ...values,
        similarNameSkeletons(person.name ?? ''),
      ]);
      const decisions = record.decisions.map((decision) => ({
        ...decision,
        hidden: hiddenWords(decision.excerpt),
      }));
      return { ...record, decisions, isOwn: person.isOwn, hints };
    });
    if (!found) throw notFound('This reader');
    return found;
  }

  /** The person's comments under all accounts, newest first, including those that nobody else sees. */
  async comments(
    ctx: SiteContext,
    id: ReaderId,
    { status, cursor, limit }: { status?: CommentStatus; cursor?: string; limit: number },
  ): Promise<Page<ReaderComment>> {
    const scope = `reader-comments:${id}:${status ?? ''}`;
    const [after = null] = this.cursors.read(scope, cursor) ?? [];
    const rows = await this.database.inSite(ctx, async (tx) => {
      const [{ accounts }] = await tx.query<{ accounts: ReaderId[] }>(
        sql`SELECT accounts_of_person($1, $2) AS accounts`,
        [ctx.siteId, id],
      );
      return tx.query<Omit<ReaderComment, 'hidden'> & { id: CommentId }>(READER_COMMENTS, [
        ctx.siteId,
        accounts,
        after,
        status ?? null,
        limit + 1,
      ]);
    });
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.id],
      (row) => ({ ...row, hidden: hiddenWords(row.body) }),
    );
  }
}
