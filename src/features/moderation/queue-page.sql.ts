import { isoSql } from '../comments/comment-json.sql.js';
import {
  DECIDED_COLUMNS,
  isFiltered,
  narrowSql,
  WAITING_COLUMNS,
  type NarrowedQueue,
} from './queue-filter.js';
import { queueItemSql } from './queue-item.sql.js';
import { IN_STATE, isWaitingState, type QueueSort, type QueueState } from './queue-states.js';
import { composeSql, type Sql } from '../../platform/database/sql.js';

/** Number of latest decided comments that are searched if no index provides the requested filter or order. */
export const LOOK_BACK = 10_000;

/** Excludes comments in a bulk decision that is not applied yet, because they need no other decision. */
export const NOT_IN_BULK = composeSql`NOT EXISTS (
  SELECT FROM bulk_item b WHERE b.site_id = e.site_id AND b.comment_id = e.comment_id AND b.outcome IS NULL)`;

/**
 * The latest decided comments, before filtering. Even for a caller limited to sections they are the latest of the whole
 * site, because finding the latest of a small section would require a full scan.
 */
export const latestSql = (state: QueueState, sections: NarrowedQueue['sections']): Sql => composeSql`
  SELECT c.* FROM comment c WHERE c.site_id = $1 AND ${IN_STATE[state]}${
    sections === null
      ? composeSql``
      : composeSql` AND c.id >= (SELECT oldest_among_latest('${state}', ${LOOK_BACK}))`
  } ORDER BY c.id DESC LIMIT ${LOOK_BACK}`;

export interface PageQuery extends NarrowedQueue {
  state: QueueState;
  sort: QueueSort;
  /** Sort key and id of the last row before this page. */
  after: readonly [key: string, id: string] | null;
  rows: number;
}

/** Sort order, descending except for `oldest`. `key` is the value stored in a cursor. */
interface Order {
  column: Sql;
  key: Sql;
  type: 'float8' | 'real' | 'timestamptz' | 'uuid';
  direction: 'ASC' | 'DESC';
}

/**
 * SQL for one page of one site's list. The first five parameters are those of `queueItemSql`.
 *
 * @param values contains these five; the others are appended
 */
export const pageSql = (query: PageQuery, values: unknown[]): Sql =>
  isWaitingState(query.state) ? waitingPageSql(query, values) : decidedPageSql(query, values);

/** The condition that excludes the rows of earlier pages. */
function afterSql({ after }: PageQuery, { column, type, direction }: Order, id: Sql, values: unknown[]): Sql {
  if (after === null) return composeSql``;
  const [key, lastId] = after.map((value) => values.push(value));
  return composeSql` AND (${column}, ${id}) ${direction === 'ASC' ? '>' : '<'} ($${key}::${type}, $${lastId}::uuid)`;
}

/** Waiting comments. The sort `risk` is the order of `queue_entry.priority`: risk and flags × reach × age. */
export function waitingPageSql(query: PageQuery, values: unknown[]): Sql {
  const order: Order =
    query.sort === 'risk'
      ? { column: composeSql`e.priority`, key: composeSql`e.priority`, type: 'float8', direction: 'DESC' }
      : {
          column: composeSql`e.waiting_since`,
          key: isoSql(composeSql`e.waiting_since`),
          type: 'timestamptz',
          direction: query.sort === 'oldest' ? 'ASC' : 'DESC',
        };
  // Without a filter, the page is read from the index. With a filter, OFFSET 0 makes PostgreSQL sort all matches,
  // because scanning the index until a page is full is slow if there are few matches.
  const fence = isFiltered(query.filter) ? composeSql` OFFSET 0` : composeSql``;
  const found = composeSql`
    SELECT e.site_id, e.comment_id, e.priority, e.waiting_since FROM queue_entry e
    WHERE e.site_id = $1 AND e.state = '${query.state}'
      AND ${NOT_IN_BULK}${narrowSql(query, WAITING_COLUMNS, values)}${afterSql(query, order, composeSql`e.comment_id`, values)}${fence}`;
  const orderBy = composeSql`ORDER BY ${order.column} ${order.direction}, e.comment_id ${order.direction}`;
  return composeSql`
    SELECT c.site_id AS "siteId", c.story_id AS "storyId", c.id, ${order.key} AS key,
      ${queueItemSql(composeSql`e.waiting_since`)} AS item
    FROM (SELECT * FROM (${found}) e ${orderBy} LIMIT $${values.push(query.rows)}) e
    JOIN comment c ON c.site_id = e.site_id AND c.id = e.comment_id
    ${orderBy}`;
}

/** Decided comments, which have no priority. The sort `risk` is the order of `comment.risk` alone. */
export function decidedPageSql(query: PageQuery, values: unknown[]): Sql {
  // Ids begin with the time at which the comment was written.
  const order: Order =
    query.sort === 'risk'
      ? { column: composeSql`c.risk`, key: composeSql`c.risk`, type: 'real', direction: 'DESC' }
      : {
          column: composeSql`c.id`,
          key: composeSql`c.id`,
          type: 'uuid',
          direction: query.sort === 'oldest' ? 'ASC' : 'DESC',
        };
  const isIndexed = query.sort !== 'risk' && !isFiltered(query.filter);
  const source = isIndexed
    ? composeSql`SELECT c.* FROM comment c WHERE c.site_id = $1 AND ${IN_STATE[query.state]}`
    : composeSql`SELECT * FROM (${latestSql(query.state, query.sections)}) c WHERE true`;
  const found = composeSql`${source}${narrowSql(query, DECIDED_COLUMNS, values)}${afterSql(query, order, composeSql`c.id`, values)}`;
  const orderBy = composeSql`ORDER BY ${order.column} ${order.direction}, c.id ${order.direction}`;
  return composeSql`
    SELECT c.site_id AS "siteId", c.story_id AS "storyId", c.id, ${order.key} AS key,
      ${queueItemSql(composeSql`c.created_at`)} AS item
    FROM (${found} ${orderBy} LIMIT $${values.push(query.rows)}) c
    ${orderBy}`;
}
