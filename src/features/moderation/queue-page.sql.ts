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

/** Number of comments searched in a list of decided comments if no index provides the requested order. */
export const LOOK_BACK = 10_000;

/** Excludes comments in a bulk decision that is not applied yet, because nobody else needs to handle them. */
export const NOT_IN_BULK = `NOT EXISTS (
  SELECT FROM bulk_item b WHERE b.site_id = e.site_id AND b.comment_id = e.comment_id AND b.outcome IS NULL)`;

/**
 * The latest decided comments, before filtering. They are the latest of the whole site even for a caller limited to
 * sections, because finding the latest of a small section would require a full scan.
 */
export const latestSql = (state: QueueState, { sections }: Pick<NarrowedQueue, 'sections'>): string => `
  SELECT c.* FROM comment c WHERE c.site_id = $1 AND ${IN_STATE[state]}${
    sections === null ? '' : ` AND c.id >= (SELECT oldest_among_latest('${state}', ${LOOK_BACK}))`
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
  column: string;
  key: string;
  type: string;
  direction: 'ASC' | 'DESC';
}

export const ITEM_PARAMS = { now: '$2', viewer: '$3', undoableAfter: '$4', moderator: '$5' };

/**
 * SQL for one page of one site's list. The first five parameters are those of the item: site, now, viewer, undoable
 * after, moderator.
 *
 * @param values contains these five; the others are appended
 */
export function pageSql(query: PageQuery, values: unknown[]): string {
  const param = (value: unknown): string => `$${values.push(value)}`;
  const after = ({ column, type, direction }: Order, id: string): string =>
    query.after === null
      ? ''
      : ` AND (${column}, ${id}) ${direction === 'ASC' ? '>' : '<'} (${param(query.after[0])}::${type}, ${param(query.after[1])}::uuid)`;
  return isWaitingState(query.state)
    ? waitingSql(query, query.state, param, after, values)
    : decidedSql(query, query.state, param, after, values);
}

type Param = (value: unknown) => string;
type After = (order: Order, id: string) => string;

function waitingSql(query: PageQuery, state: string, param: Param, after: After, values: unknown[]): string {
  const order: Order =
    query.sort === 'risk'
      ? { column: 'e.priority', key: 'e.priority', type: 'float8', direction: 'DESC' }
      : {
          column: 'e.waiting_since',
          key: isoSql('e.waiting_since'),
          type: 'timestamptz',
          direction: query.sort === 'oldest' ? 'ASC' : 'DESC',
        };
  // Without a filter the index provides the page. With a filter, all matches are sorted, because walking the index
  // until a page is full takes longer the fewer matches there are.
  const fence = isFiltered(query.filter) ? ' OFFSET 0' : '';
  const found = `
    SELECT e.site_id, e.comment_id, e.priority, e.waiting_since FROM queue_entry e
    WHERE e.site_id = $1 AND e.state = ${param(state)}
      AND ${NOT_IN_BULK}${narrowSql(query, WAITING_COLUMNS, values)}${after(order, 'e.comment_id')}${fence}`;
  const orderBy = `ORDER BY ${order.column} ${order.direction}, e.comment_id ${order.direction}`;
  return `
    SELECT c.site_id AS "siteId", c.story_id AS "storyId", c.id, ${order.key} AS key,
      ${queueItemSql('e.waiting_since', ITEM_PARAMS)} AS item
    FROM (SELECT * FROM (${found}) e ${orderBy} LIMIT ${param(query.rows)}) e
    JOIN comment c ON c.site_id = e.site_id AND c.id = e.comment_id
    ${orderBy}`;
}

function decidedSql(
  query: PageQuery,
  state: QueueState,
  param: Param,
  after: After,
  values: unknown[],
): string {
  // Ids begin with the time at which the comment was written.
  const order: Order =
    query.sort === 'risk'
      ? { column: 'c.risk', key: 'c.risk', type: 'real', direction: 'DESC' }
      : {
          column: 'c.id',
          key: 'c.id',
          type: 'uuid',
          direction: query.sort === 'oldest' ? 'ASC' : 'DESC',
        };
  const isIndexed = query.sort !== 'risk' && !isFiltered(query.filter);
  const source = isIndexed
    ? `SELECT c.* FROM comment c WHERE c.site_id = $1 AND ${IN_STATE[state]}`
    : `SELECT * FROM (${latestSql(state, query)}) c WHERE true`;
  const found = `${source}${narrowSql(query, DECIDED_COLUMNS, values)}${after(order, 'c.id')}`;
  const orderBy = `ORDER BY ${order.column} ${order.direction}, c.id ${order.direction}`;
  return `
    SELECT c.site_id AS "siteId", c.story_id AS "storyId", c.id, ${order.key} AS key,
      ${queueItemSql('c.created_at', ITEM_PARAMS)} AS item
    FROM (${found} ${orderBy} LIMIT ${param(query.rows)}) c
    ${orderBy}`;
}
