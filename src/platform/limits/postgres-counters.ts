import type { Clock } from '../clock.js';
import type { Database } from '../database/database.js';
import type { Counters } from './counters.js';
import { sql } from '../database/sql.js';

const COUNT = sql`
  INSERT INTO limit_counter AS counter (key, window_ends_at, hits) VALUES ($1, $3, 1)
  ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counter.window_ends_at <= $2 THEN 1 ELSE counter.hits + 1 END,
    window_ends_at = CASE WHEN counter.window_ends_at <= $2 THEN $3 ELSE counter.window_ends_at END
  RETURNING hits, window_ends_at`;

/** Counts in an unlogged table, one row per key. Commits to it do not wait for the disk. */
export class PostgresCounters implements Counters {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async open(): Promise<void> {}

  async count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }> {
    const now = this.clock.nowMs();
    const [row] = await this.database.separateStatement<{ hits: number; window_ends_at: Date }>(
      'limit-count',
      COUNT,
      [key, new Date(now), new Date(now + windowMs)],
    );
    return { hits: row.hits, remainingMs: row.window_ends_at.getTime() - now };
  }

  async sweep(): Promise<void> {
    await this.database.inSeparateTransaction(null, (tx) =>
      tx.query(sql`DELETE FROM limit_counter WHERE window_ends_at < $1`, [this.clock.now()]),
    );
  }

  async close(): Promise<void> {}
}
