import pg from 'pg';
import { until } from './processes.js';
import { MAX_WAIT_MS } from './promise-checker.js';

/** A lock on rows or a table that blocks other processes at a known step, so that a spec can kill them there. */
export interface Barrier {
  /** Waits until that many statements in the database are waiting for a lock. */
  waiting(count: number): Promise<void>;
  release(): Promise<void>;
}

/** @param lock a statement such as `LOCK TABLE event IN EXCLUSIVE MODE`; its lock is held until `release` */
export async function createLockBarrier(
  databaseUrl: string,
  lock: string,
  values: unknown[] = [],
): Promise<Barrier> {
  const [holder, observer] = [0, 1].map(() => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all([holder.connect(), observer.connect()]);
  await holder.query('BEGIN');
  await holder.query(lock, values);
  return {
    waiting: (count) =>
      until(async () => {
        const { rows } = await observer.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND wait_event IN ('relation', 'tuple', 'transactionid')`,
        );
        return rows[0].n >= count;
      }, MAX_WAIT_MS),
    async release() {
      await Promise.all([holder.end(), observer.end()]);
    },
  };
}

/** Counts rows. @param source the part of the query after FROM */
export async function countIn(databaseUrl: string, source: string, values: unknown[] = []): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${source}`, values);
    return rows[0].n;
  } finally {
    await client.end();
  }
}
