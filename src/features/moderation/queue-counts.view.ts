import { Injectable } from '@nestjs/common';
import { sectionsOn, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Scope, type Tx } from '../../platform/database/database.js';
import { firstIdAt, type SiteId } from '../../platform/ids.js';
import { isoSql } from '../comments/comment-json.sql.js';
import {
  DECIDED_COLUMNS,
  narrowSql,
  WAITING_COLUMNS,
  type NarrowedQueue,
  type QueueFilter,
} from './queue-filter.js';
import { latestSql, NOT_IN_BULK } from './queue-page.sql.js';
import { IN_STATE, isWaitingState, QUEUE_STATES, type QueueState } from './queue-states.js';
import { composeSql, joinSql, type Sql } from '../../platform/database/sql.js';

export interface QueueCount {
  count: number;
  /** ISO 8601: when the oldest began to wait. */
  oldest: string | null;
}
export type QueueCounts = Record<QueueState, QueueCount>;

/** A list with a filter. */
export interface FilteredList {
  readonly state: QueueState;
  readonly filter: QueueFilter;
}

interface CountRow extends QueueCount {
  state: QueueState;
}

/** Counting stops here, so higher numbers are reported as this one. */
export const MAX_COUNT = 10_000;

/** @param condition further condition on the queue entries, beginning with AND, or empty */
export const waitingCountsSql = (condition: Sql): Sql[] =>
  (['held', 'flagged', 'appealed', 'escalated'] as const).map(
    (state) => composeSql`
  SELECT '${state}' AS state, count(*)::int AS count, ${isoSql(composeSql`min(waiting_since)`)} AS oldest
  FROM (SELECT e.waiting_since FROM queue_entry e WHERE e.site_id = $1 AND e.state = '${state}' AND ${NOT_IN_BULK}${condition}
        ORDER BY e.waiting_since LIMIT ${MAX_COUNT}) x`,
  );

// Decision ids are ordered by time, so those of the last day are a range at the end of the index. As in the list, a
// comment whose status has changed since is not counted, and one that was decided twice is counted once.
export const DECIDED_COUNTS_SQL = (
  [
    ['published', `('published')`],
    ['rejected', `('rejected', 'removed')`],
  ] as const
).map(
  ([state, statuses]) => composeSql`
  SELECT '${state}' AS state, count(DISTINCT c.id)::int AS count, ${isoSql(composeSql`min(d.created_at)`)} AS oldest
  FROM (SELECT d.comment_id, d.created_at FROM decision d
        WHERE d.site_id = $1 AND d.to_status IN ${statuses} AND d.from_status <> d.to_status AND d.id >= $2::uuid LIMIT ${MAX_COUNT}) d
  JOIN comment c ON c.site_id = $1 AND c.id = d.comment_id AND ${IN_STATE[state]}`,
);

export const ALL_COUNTS_SQL = joinSql(
  [...waitingCountsSql(composeSql``), ...DECIDED_COUNTS_SQL],
  ' UNION ALL ',
);
export const SECTION_COUNTS_SQL = joinSql(
  [
    ...waitingCountsSql(composeSql` AND ${WAITING_COLUMNS.section(composeSql`= ANY ($3::text[])`)}`),
    ...DECIDED_COUNTS_SQL,
  ],
  ' UNION ALL ',
);
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Counts one list with a filter. $1 is the site.
 *
 * @param values contains the site; the others are appended
 */
export function countSql(state: QueueState, narrowed: NarrowedQueue, values: unknown[]): Sql {
  const rows = isWaitingState(state)
    ? composeSql`SELECT e.waiting_since AS since FROM queue_entry e WHERE e.site_id = $1 AND e.state = '${state}'
         AND ${NOT_IN_BULK}${narrowSql(narrowed, WAITING_COLUMNS, values)}`
    : composeSql`SELECT c.created_at AS since FROM (${latestSql(state, narrowed.sections)}) c
         WHERE true${narrowSql(narrowed, DECIDED_COLUMNS, values)}`;
  return composeSql`SELECT count(*)::int AS count, ${isoSql(composeSql`min(since)`)} AS oldest FROM (${rows}) x`;
}

/**
 * Counts one list of waiting comments with each of several filters, in one scan. $1 is the site.
 *
 * @param common the filter and sections that apply to all of them
 * @param values contains the site; the others are appended
 */
export function countFiltersSql(
  state: QueueState,
  filters: readonly QueueFilter[],
  common: NarrowedQueue,
  values: unknown[],
): Sql {
  const commonConditions = narrowSql(common, WAITING_COLUMNS, values);
  const counts = filters.map((filter) => {
    const matches = narrowSql({ filter, sections: null, now: common.now }, WAITING_COLUMNS, values);
    const countFilter = composeSql`FILTER (WHERE true${matches})`;
    return composeSql`json_build_object('count', count(*) ${countFilter}, 'oldest', ${isoSql(composeSql`min(e.waiting_since) ${countFilter}`)})`;
  });
  return composeSql`SELECT json_build_array(${joinSql(counts, ', ')}) AS counts FROM queue_entry e
    WHERE e.site_id = $1 AND e.state = '${state}' AND ${NOT_IN_BULK}${commonConditions}`;
}

/** Counts the waiting comments in each list, and the comments decided in the last 24 hours. */
@Injectable()
export class QueueCountsView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param sites counts are summed over these sites */
  async read(principal: Principal, sites: readonly SiteId[]): Promise<QueueCounts> {
    const since = firstIdAt(this.clock.nowMs() - DAY_MS);
    const counts = Object.fromEntries(
      QUEUE_STATES.map((state) => [state, { count: 0, oldest: null }]),
    ) as unknown as QueueCounts;
    for (const siteId of sites) {
      const sections = sectionsOn(principal, siteId);
      const rows = await this.database.inSite({ siteId, principal }, (tx) =>
        sections === null
          ? tx.prepared<CountRow>('queue-counts', ALL_COUNTS_SQL, [siteId, since])
          : tx.query<CountRow>(SECTION_COUNTS_SQL, [siteId, since, sections]),
      );
      for (const { state, count, oldest } of rows) {
        const sum = counts[state];
        sum.count += count;
        if (oldest !== null && (sum.oldest === null || oldest < sum.oldest)) sum.oldest = oldest;
      }
    }
    return counts;
  }

  /** Counts one list with a filter, summed over the sites. For decided comments, only the latest are searched. */
  async count(
    principal: Principal,
    sites: readonly SiteId[],
    state: QueueState,
    filter: QueueFilter,
  ): Promise<QueueCount> {
    const sum: QueueCount = { count: 0, oldest: null };
    for (const siteId of sites) {
      const [{ count, oldest }] = await this.database.inSite({ siteId, principal }, (tx) =>
        this.countIn(tx, { siteId, principal }, state, filter),
      );
      sum.count += count;
      if (oldest !== null && (sum.oldest === null || oldest < sum.oldest)) sum.oldest = oldest;
    }
    return sum;
  }

  /**
   * Counts lists of one site, each with its filter, in the given order. Each list of waiting comments is read once
   * for all its filters.
   */
  async countEach(tx: Tx, scope: Scope, lists: readonly FilteredList[]): Promise<QueueCount[]> {
    const counts = new Map<FilteredList, QueueCount>();
    for (const state of new Set(lists.map((list) => list.state))) {
      const listsOfState = lists.filter((list) => list.state === state);
      const countsOfState = isWaitingState(state)
        ? await this.countWaiting(tx, scope, state, listsOfState)
        : (
            await Promise.all(listsOfState.map(({ filter }) => this.countIn(tx, scope, state, filter)))
          ).flat();
      listsOfState.forEach((list, index) => counts.set(list, countsOfState[index]));
    }
    return lists.map((list) => counts.get(list)!);
  }

  private async countWaiting(
    tx: Tx,
    { siteId, principal }: Scope,
    state: QueueState,
    lists: readonly FilteredList[],
  ): Promise<QueueCount[]> {
    const values: unknown[] = [siteId];
    const filters = lists.map(({ filter }) => filter);
    const narrowed = { filter: {}, sections: sectionsOn(principal, siteId), now: this.clock.now() };
    const statement = countFiltersSql(state, filters, narrowed, values);
    const [row] = await tx.query<{ counts: QueueCount[] }>(statement, values);
    return row.counts;
  }

  /** Counts one list of one site with a filter. The result has one row. */
  countIn(
    tx: Tx,
    { siteId, principal }: Scope,
    state: QueueState,
    filter: QueueFilter,
  ): Promise<QueueCount[]> {
    const values: unknown[] = [siteId];
    const narrowed = { filter, sections: sectionsOn(principal, siteId), now: this.clock.now() };
    return tx.query<QueueCount>(countSql(state, narrowed, values), values);
  }
}
