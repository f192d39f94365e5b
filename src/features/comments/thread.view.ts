import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import { Cursors } from '../../platform/http/cursor.js';
import type { CommentId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { commentJsonSql, isoSql, shownSql } from './comment-json.js';

export const SORTS = ['newest', 'oldest', 'top', 'replies'] as const;
export type Sort = (typeof SORTS)[number];

export interface ThreadQuery {
  readonly sort: Sort;
  readonly cursor: string | undefined;
  /** 1 to 100. */
  readonly limit: number;
}

/** One comment as the wire's JSON, as everybody sees it. */
export interface Rendered {
  readonly id: CommentId;
  readonly json: string;
}

export interface RenderedItem extends Rendered {
  /** Oldest first. */
  readonly replies: readonly Rendered[];
  readonly repliesNext: string | null;
}

/** One page of a thread as everybody sees it. */
export interface ThreadPage {
  /** Visible comments and replies of the whole story. */
  readonly total: number;
  /** Editors' picks of the whole story. */
  readonly picks: number;
  /** What stands first; on the first page only. */
  readonly pinned: RenderedItem | null;
  readonly items: readonly RenderedItem[];
  readonly next: string | null;
}

/** One page of the comments below another, oldest first. */
export interface RepliesPage {
  readonly items: readonly Rendered[];
  readonly next: string | null;
}

interface PageRow {
  total: number;
  picks: number;
  pinnedId: CommentId | null;
  id: CommentId | null;
  rootId: CommentId | null;
  rank: number;
  json: string;
}

const FIRST_REPLIES = 3;
// The largest page and the row that tells of more. Standing in the text, it keeps the planner's guess of a page small,
// so that it settles for the one plan that the prepared statement keeps.
const MOST_ROWS = 101;

interface Order {
  rank: string;
  by: string;
  /** With values from $4. */
  after: string;
}

const byCount = (column: string): Order => ({
  rank: `c.${column}`,
  by: `c.${column} DESC, c.id DESC`,
  after: `(c.${column}, c.id) < ($4::int, $5::uuid)`,
});

const ORDERS: Readonly<Record<Sort, Order>> = {
  newest: { rank: '0', by: 'c.id DESC', after: 'c.id < $4::uuid' },
  oldest: { rank: '0', by: 'c.id', after: 'c.id > $4::uuid' },
  top: byCount('reaction_count'),
  replies: byCount('reply_count'),
};

// Picks the rows of a page by one walk along the sort's index, then renders each comment once.
const pageSql = ({ rank, by, after }: Order, isFirst: boolean): string => `
  WITH ${SCOPE}, roots AS MATERIALIZED (
    SELECT page.* FROM scope CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT c.* FROM comment c
        WHERE c.site_id = scope.id AND c.story_id = $2 AND c.parent_id IS NULL AND ${shownSql('c')}${isFirst ? '' : ` AND ${after}`}
        ORDER BY ${by} LIMIT ${MOST_ROWS}
      ) walked LIMIT $3
    ) page
  ), picked AS MATERIALIZED (
    SELECT * FROM roots
    UNION ALL
    SELECT below.* FROM roots CROSS JOIN LATERAL (
      SELECT r.* FROM comment r
      WHERE roots.reply_count > 0 AND r.site_id = roots.site_id AND r.root_id = roots.id AND ${shownSql('r')}
      ORDER BY r.id LIMIT ${FIRST_REPLIES + 1}
    ) below
  )
  SELECT (SELECT s.comment_count FROM scope JOIN story s ON s.site_id = scope.id AND s.id = $2) AS total,
    (SELECT count(*)::int FROM scope JOIN comment p ON p.site_id = scope.id AND p.story_id = $2
      AND p.picked_at IS NOT NULL AND p.visible) AS picks,
    (SELECT p.id FROM scope JOIN comment p ON p.site_id = scope.id AND p.story_id = $2
      AND p.pinned_at IS NOT NULL AND p.visible) AS "pinnedId",
    rendered.*
  FROM scope LEFT JOIN LATERAL (
    SELECT c.id, c.root_id AS "rootId", ${rank} AS rank, shown.json
    FROM picked c CROSS JOIN LATERAL ${commentJsonSql('c', 'everyone')} shown
  ) rendered ON true`;

/** One thread, of the top-level comment in $4. */
const PINNED = pageSql({ rank: '0', by: 'c.id', after: 'c.id = $4::uuid' }, false);

// A story has few picks; which comes first is when it was picked.
const PICKS = (isFirst: boolean): string => `
  WITH ${SCOPE}
  SELECT c.id, ${isoSql('c.picked_at')} AS "pickedAt", shown.json FROM scope CROSS JOIN LATERAL (
    SELECT c.* FROM comment c
    WHERE c.site_id = scope.id AND c.story_id = $2 AND c.picked_at IS NOT NULL AND c.visible${
      isFirst ? '' : ` AND (date_trunc('milliseconds', c.picked_at), c.id) < ($4::timestamptz, $5::uuid)`
    }
    ORDER BY date_trunc('milliseconds', c.picked_at) DESC, c.id DESC LIMIT $3
  ) c CROSS JOIN LATERAL ${commentJsonSql('c', 'everyone')} shown`;

const REPLIES_PAGE = (isRoot: boolean, isFirst: boolean): string => `
  WITH ${isRoot ? '' : 'RECURSIVE '}${SCOPE}, ${
    isRoot
      ? ''
      : `below AS (
    SELECT r.id FROM scope JOIN comment r ON r.site_id = scope.id AND r.parent_id = $2
    UNION ALL
    SELECT r.id FROM scope CROSS JOIN below JOIN comment r ON r.site_id = scope.id AND r.parent_id = below.id
  ), `
  }picked AS MATERIALIZED (
    SELECT page.* FROM scope CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT c.* FROM comment c
        WHERE c.site_id = scope.id AND ${isRoot ? 'c.root_id = $2' : 'c.id IN (SELECT id FROM below)'} AND ${shownSql('c')}${isFirst ? '' : ' AND c.id > $4::uuid'}
        ORDER BY c.id LIMIT ${MOST_ROWS}
      ) walked LIMIT $3
    ) page
  )
  SELECT c.id, shown.json FROM picked c CROSS JOIN LATERAL ${commentJsonSql('c', 'everyone')} shown`;

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: Rendered, b: Rendered): number => ascending(a.id, b.id);
const orderOf =
  (sort: Sort) =>
  (a: PageRow, b: PageRow): number =>
    sort === 'oldest' ? ascending(a.id!, b.id!) : b.rank - a.rank || ascending(b.id!, a.id!);

/** Threads as everybody sees them: one statement each, straight to the wire's JSON. */
@Injectable()
export class ThreadView {
  private readonly statements = new Map(
    SORTS.flatMap((sort) => [
      [`thread-${sort}`, pageSql(ORDERS[sort], true)],
      [`thread-${sort}-after`, pageSql(ORDERS[sort], false)],
    ]),
  );

  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Problem 400 for a cursor that this list did not give */
  async page(ctx: SiteContext, storyId: StoryId, { sort, cursor, limit }: ThreadQuery): Promise<ThreadPage> {
    const scope = `thread:${storyId}:${sort}`;
    const after = this.cursors.read(scope, cursor);
    const name = after ? `thread-${sort}-after` : `thread-${sort}`;
    const values = [storyId, limit + 1, ...(after ?? [])];
    const rows = await this.database.statement<PageRow>(ctx, name, this.statements.get(name)!, values);
    const pinnedId = after ? null : rows[0]?.pinnedId;
    const pinned = pinnedId
      ? this.itemsOf(
          await this.database.statement<PageRow>(ctx, 'thread-pinned', PINNED, [storyId, 1, pinnedId]),
          'newest',
          1,
          `${scope}:pinned`,
        ).items[0]
      : undefined;
    const page = this.itemsOf(rows, sort, limit, scope);
    return { total: rows[0]?.total ?? 0, picks: rows[0]?.picks ?? 0, pinned: pinned ?? null, ...page };
  }

  /**
   * The editors' picks of a story, the newest pick first.
   *
   * @throws Problem 400 for a cursor that this list did not give
   */
  async picks(
    ctx: SiteContext,
    storyId: StoryId,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<RepliesPage> {
    const scope = `picks:${storyId}`;
    const after = this.cursors.read(scope, cursor);
    const rows = await this.database.statement<Rendered & { pickedAt: string }>(
      ctx,
      after ? 'picks-after' : 'picks',
      PICKS(after === null),
      [storyId, limit + 1, ...(after ?? [])],
    );
    const newestFirst = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
      ascending(b.pickedAt, a.pickedAt) || byId(b, a);
    return this.cursors.page(
      rows.sort(newestFirst),
      limit,
      scope,
      (row) => [row.pickedAt, row.id],
      ({ id, json }) => ({ id, json }),
    );
  }

  private itemsOf(
    rows: readonly PageRow[],
    sort: Sort,
    limit: number,
    scope: string,
  ): { items: readonly RenderedItem[]; next: string | null } {
    const roots: PageRow[] = [];
    const replies = new Map<CommentId, Rendered[]>();
    for (const row of rows) {
      if (row.id === null) continue;
      const reply = { id: row.id, json: row.json };
      if (row.rootId === null) roots.push(row);
      else if (!replies.get(row.rootId)?.push(reply)) replies.set(row.rootId, [reply]);
    }
    const hasRank = sort === 'top' || sort === 'replies';
    return this.cursors.page(
      roots.sort(orderOf(sort)),
      limit,
      scope,
      (row) => (hasRank ? [row.rank, row.id!] : [row.id!]),
      (row): RenderedItem => {
        const below = this.cursors.page(
          replies.get(row.id!)?.sort(byId) ?? [],
          FIRST_REPLIES,
          repliesScope(row.id!),
          (reply) => [reply.id],
          (reply) => reply,
        );
        return { id: row.id!, json: row.json, replies: below.items, repliesNext: below.next };
      },
    );
  }

  /**
   * Everything visible below a comment, at any depth.
   *
   * @param isRoot whether the comment stands at the top of its thread
   * @throws Problem 400 for a cursor that this list did not give
   */
  async replies(
    ctx: SiteContext,
    commentId: CommentId,
    isRoot: boolean,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<RepliesPage> {
    const scope = repliesScope(commentId);
    const after = this.cursors.read(scope, cursor);
    const rows = await this.database.statement<Rendered>(
      ctx,
      `replies${isRoot ? '' : '-deep'}${after ? '-after' : ''}`,
      REPLIES_PAGE(isRoot, after === null),
      [commentId, limit + 1, ...(after ?? [])],
    );
    return this.cursors.page(
      rows.sort(byId),
      limit,
      scope,
      (row) => [row.id],
      (row) => row,
    );
  }
}

const repliesScope = (commentId: CommentId): string => `replies:${commentId}`;
