import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import { Cursors } from '../../platform/http/cursor.js';
import type { CommentId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { commentJsonSql, isoSql, isListedSql } from './comment-json.sql.js';
import { composeSql, type Sql } from '../../platform/database/sql.js';

export const SORTS = ['best', 'newest', 'oldest', 'top', 'replies'] as const;
export type Sort = (typeof SORTS)[number];

export interface ThreadQuery {
  readonly sort: Sort;
  readonly cursor: string | undefined;
  /** 1 to 100. */
  readonly limit: number;
}

/** One comment as the API's public JSON in UTF-8. It is sent without being parsed again. */
export interface RenderedComment {
  readonly id: CommentId;
  readonly json: Buffer;
}

export interface RenderedItem extends RenderedComment {
  /** Oldest first. */
  readonly replies: readonly RenderedComment[];
  readonly repliesNext: string | null;
}

/** One page of a public thread. */
export interface ThreadPage {
  /** Number of visible comments and replies of the whole story. */
  readonly total: number;
  /** Number of editors' picks of the whole story. */
  readonly picks: number;
  /** The pinned comment, on the first page only. */
  readonly pinned: RenderedItem | null;
  readonly items: readonly RenderedItem[];
  readonly next: string | null;
}

/** One page of a flat list of comments: the replies below a comment, oldest first, or the editors' picks. */
export interface CommentPage {
  readonly items: readonly RenderedComment[];
  readonly next: string | null;
}

interface PageRow {
  /** Null if there is no such story. */
  total: number | null;
  picks: number;
  pinnedId: CommentId | null;
  lines: string | null;
}

/** One comment of a page. */
interface CommentLine extends RenderedComment {
  /** Null for top-level comments. */
  readonly rootId: CommentId | null;
  readonly rank: number;
}

interface JsonRow {
  id: CommentId;
  json: string;
}

const FIRST_REPLIES = 3;
// The largest page size plus the row that shows whether there are more. As a literal it keeps the planner's row
// estimate small, so that PostgreSQL keeps using the generic plan of the prepared statement.
const MAX_ROWS = 101;

interface Order {
  /** The number to sort by; 0 if the order depends only on the id. */
  rank: Sql;
  orderBy: Sql;
  /** The condition for the rows after the cursor; its parameters start at $4. */
  after: Sql;
}

const byRank = (rank: Sql): Order => ({
  rank,
  orderBy: composeSql`${rank} DESC, c.id DESC`,
  after: composeSql`(${rank}, c.id) < ($4::int, $5::uuid)`,
});

/**
 * The rank of the sort `best`: 1000 points for each doubling of `1 + reactions`, plus up to 1000 points for `quality`.
 * A comment without a quality score gets 500. The index `comment_thread_by_best` has the same expression.
 */
const BEST = composeSql`round(1442.695 * ln((1 + greatest(c.reaction_count, 0))::float8) + 1000 * coalesce(c.quality, 0.5::real))::int`;

const ORDERS: Readonly<Record<Sort | 'pinned', Order>> = {
  newest: { rank: composeSql`0`, orderBy: composeSql`c.id DESC`, after: composeSql`c.id < $4::uuid` },
  oldest: { rank: composeSql`0`, orderBy: composeSql`c.id`, after: composeSql`c.id > $4::uuid` },
  best: byRank(BEST),
  top: byRank(composeSql`c.reaction_count`),
  replies: byRank(composeSql`c.reply_count`),
  // Only the top-level comment in $4 with its replies.
  pinned: { rank: composeSql`0`, orderBy: composeSql`c.id`, after: composeSql`c.id = $4::uuid` },
};

/**
 * Selects the rows of a page in one scan of the index for the sort order, then renders each comment once. The result is
 * one value in one row, because parsing hundreds of result rows is slower.
 */
export function threadPageSql(order: Sort | 'pinned', isFirstPage: boolean): Sql {
  const { rank, orderBy, after } = ORDERS[order];
  return composeSql`
  WITH ${SCOPE}, roots AS MATERIALIZED (
    SELECT page.* FROM scope CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT c.* FROM comment c
        WHERE c.site_id = scope.id AND c.story_id = $2 AND c.parent_id IS NULL AND ${isListedSql('c')}${isFirstPage ? composeSql`` : composeSql` AND ${after}`}
        ORDER BY ${orderBy} LIMIT ${MAX_ROWS}
      ) bounded LIMIT $3
    ) page
  ), listed AS MATERIALIZED (
    SELECT * FROM roots
    UNION ALL
    SELECT first_replies.* FROM roots CROSS JOIN LATERAL (
      SELECT r.* FROM comment r
      WHERE roots.reply_count > 0 AND r.site_id = roots.site_id AND r.root_id = roots.id AND ${isListedSql('r')}
      ORDER BY r.id LIMIT ${FIRST_REPLIES + 1}
    ) first_replies
  )
  SELECT (SELECT s.comment_count FROM scope JOIN story s ON s.site_id = scope.id AND s.id = $2) AS total,
    (SELECT count(*)::int FROM scope JOIN comment p ON p.site_id = scope.id AND p.story_id = $2
      AND p.picked_at IS NOT NULL AND p.visible) AS picks,
    (SELECT p.id FROM scope JOIN comment p ON p.site_id = scope.id AND p.story_id = $2
      AND p.pinned_at IS NOT NULL AND p.visible) AS "pinnedId",
    (SELECT string_agg(concat(c.root_id, E'\\t', ${rank}, E'\\t', shown.json), E'\\n')
      FROM listed c CROSS JOIN LATERAL ${commentJsonSql('everyone')} shown) AS lines
  FROM scope`;
}

const PINNED_THREAD = threadPageSql('pinned', false);

// Ordered by the time of the pick. A story has few picks.
export const picksSql = (isFirstPage: boolean): Sql => composeSql`
  WITH ${SCOPE}
  SELECT c.id, ${isoSql(composeSql`c.picked_at`)} AS "pickedAt", shown.json FROM scope CROSS JOIN LATERAL (
    SELECT c.* FROM comment c
    WHERE c.site_id = scope.id AND c.story_id = $2 AND c.picked_at IS NOT NULL AND c.visible${
      isFirstPage
        ? composeSql``
        : composeSql` AND (date_trunc('milliseconds', c.picked_at), c.id) < ($4::timestamptz, $5::uuid)`
    }
    ORDER BY date_trunc('milliseconds', c.picked_at) DESC, c.id DESC LIMIT $3
  ) c CROSS JOIN LATERAL ${commentJsonSql('everyone')} shown`;

export const repliesSql = (isRoot: boolean, isFirstPage: boolean): Sql => composeSql`
  WITH ${isRoot ? composeSql`` : composeSql`RECURSIVE `}${SCOPE}, ${
    isRoot
      ? composeSql``
      : composeSql`descendants AS (
    SELECT r.id FROM scope JOIN comment r ON r.site_id = scope.id AND r.parent_id = $2
    UNION ALL
    SELECT r.id FROM scope CROSS JOIN descendants d JOIN comment r ON r.site_id = scope.id AND r.parent_id = d.id
  ), `
  }listed AS MATERIALIZED (
    SELECT page.* FROM scope CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT c.* FROM comment c
        WHERE c.site_id = scope.id AND ${isRoot ? composeSql`c.root_id = $2` : composeSql`c.id IN (SELECT id FROM descendants)`} AND ${isListedSql('c')}${isFirstPage ? composeSql`` : composeSql` AND c.id > $4::uuid`}
        ORDER BY c.id LIMIT ${MAX_ROWS}
      ) bounded LIMIT $3
    ) page
  )
  SELECT c.id, shown.json FROM listed c CROSS JOIN LATERAL ${commentJsonSql('everyone')} shown`;

const TAB = 0x09;
const LINE_BREAK = 0x0a;
const UUID_CHARS = 36;
// The id comes first in a comment's JSON; see `commentJsonSql`.
const ID_OFFSET = '{"id":"'.length;

/** Parses `lines` of `threadPageSql`: the root id, rank and JSON of each comment. */
function parseLines(text: string): CommentLine[] {
  const bytes = Buffer.from(text);
  const lines: CommentLine[] = [];
  for (let start = 0; start < bytes.length;) {
    const lineBreakAt = bytes.indexOf(LINE_BREAK, start);
    const end = lineBreakAt === -1 ? bytes.length : lineBreakAt;
    const rankAt = bytes[start] === TAB ? start + 1 : start + UUID_CHARS + 1;
    const jsonAt = bytes.indexOf(TAB, rankAt) + 1;
    lines.push({
      id: bytes.toString('latin1', jsonAt + ID_OFFSET, jsonAt + ID_OFFSET + UUID_CHARS) as CommentId,
      rootId:
        rankAt === start + 1 ? null : (bytes.toString('latin1', start, start + UUID_CHARS) as CommentId),
      rank: Number(bytes.toString('latin1', rankAt, jsonAt - 1)),
      json: bytes.subarray(jsonAt, end),
    });
    start = end + 1;
  }
  return lines;
}

const toRendered = ({ id, json }: JsonRow): RenderedComment => ({
  id,
  json: Buffer.from(json),
});

const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: { id: string }, b: { id: string }): number => compareStrings(a.id, b.id);
const comparatorFor =
  (sort: Sort) =>
  (a: CommentLine, b: CommentLine): number =>
    sort === 'oldest' ? byId(a, b) : b.rank - a.rank || byId(b, a);

/** Reads public threads with one statement each, which returns the API's JSON. */
@Injectable()
export class ThreadView {
  private readonly statements = new Map(
    SORTS.flatMap((sort) => [
      [`thread-${sort}`, threadPageSql(sort, true)],
      [`thread-${sort}-after`, threadPageSql(sort, false)],
    ]),
  );

  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Problem 400 for a cursor that is not from this list */
  async page(ctx: SiteContext, storyId: StoryId, { sort, cursor, limit }: ThreadQuery): Promise<ThreadPage> {
    const scope = `thread:${storyId}:${sort}`;
    const after = this.cursors.read(scope, cursor);
    const name = after ? `thread-${sort}-after` : `thread-${sort}`;
    const values = [storyId, limit + 1, ...(after ?? [])];
    const [row] = await this.database.statement<PageRow>(ctx, name, this.statements.get(name)!, values);
    const pinned = after || row.pinnedId === null ? null : await this.pinned(ctx, storyId, row.pinnedId);
    const page = this.toItems(row, sort, limit, scope);
    return { total: row.total ?? 0, picks: row.picks, pinned, ...page };
  }

  /** Returns null if the comment is no longer shown. */
  private async pinned(ctx: SiteContext, storyId: StoryId, id: CommentId): Promise<RenderedItem | null> {
    const [row] = await this.database.statement<PageRow>(ctx, 'thread-pinned', PINNED_THREAD, [
      storyId,
      1,
      id,
    ]);
    return this.toItems(row, 'newest', 1, `thread:${storyId}:pinned`).items[0] ?? null;
  }

  /**
   * Returns the editors' picks of a story, newest pick first.
   *
   * @throws Problem 400 for a cursor that is not from this list
   */
  async picks(
    ctx: SiteContext,
    storyId: StoryId,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<CommentPage> {
    const scope = `picks:${storyId}`;
    const after = this.cursors.read(scope, cursor);
    const rows = await this.database.statement<JsonRow & { pickedAt: string }>(
      ctx,
      after ? 'picks-after' : 'picks',
      picksSql(after === null),
      [storyId, limit + 1, ...(after ?? [])],
    );
    const newestFirst = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
      compareStrings(b.pickedAt, a.pickedAt) || byId(b, a);
    return this.cursors.page(
      rows.sort(newestFirst),
      limit,
      scope,
      (row) => [row.pickedAt, row.id],
      toRendered,
    );
  }

  private toItems(
    { lines }: PageRow,
    sort: Sort,
    limit: number,
    scope: string,
  ): { items: readonly RenderedItem[]; next: string | null } {
    const roots: CommentLine[] = [];
    const replies = new Map<CommentId, CommentLine[]>();
    for (const line of lines === null ? [] : parseLines(lines)) {
      if (line.rootId === null) roots.push(line);
      else if (!replies.get(line.rootId)?.push(line)) replies.set(line.rootId, [line]);
    }
    const hasRank = sort === 'best' || sort === 'top' || sort === 'replies';
    return this.cursors.page(
      roots.sort(comparatorFor(sort)),
      limit,
      scope,
      ({ rank, id }) => (hasRank ? [rank, id] : [id]),
      ({ id, json }): RenderedItem => {
        const repliesPage = this.cursors.page(
          replies.get(id)?.sort(byId) ?? [],
          FIRST_REPLIES,
          repliesScope(id),
          (reply) => [reply.id],
          (reply) => reply,
        );
        return { id, json, replies: repliesPage.items, repliesNext: repliesPage.next };
      },
    );
  }

  /**
   * Returns all visible replies below a comment, at any depth.
   *
   * @param isRoot whether it is a top-level comment
   * @throws Problem 400 for a cursor that is not from this list
   */
  async replies(
    ctx: SiteContext,
    commentId: CommentId,
    isRoot: boolean,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<CommentPage> {
    const scope = repliesScope(commentId);
    const after = this.cursors.read(scope, cursor);
    const rows = await this.database.statement<JsonRow>(
      ctx,
      `replies${isRoot ? '' : '-deep'}${after ? '-after' : ''}`,
      repliesSql(isRoot, after === null),
      [commentId, limit + 1, ...(after ?? [])],
    );
    return this.cursors.page(rows.sort(byId), limit, scope, (row) => [row.id], toRendered);
  }
}

const repliesScope = (commentId: CommentId): string => `replies:${commentId}`;
