import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { firstIdAt, type SiteId } from '../../../platform/ids.js';
import { JobHandlers, type JobToAdd } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { ROLL_UP, rollUpJobFor, type RollUpPayload } from './roll-up.job.js';
import { DAY_MS, HOUR_MS } from './weeks.js';
import { sql } from '../../../platform/database/sql.js';

const POLL_INTERVAL_MS = 30_000;
const MAX_SITES = 200;
/** No report reads older data. */
const RETENTION_MS = 92 * DAY_MS;
/**
 * A decision gets its id, which contains the time, before it commits. It is assumed to have committed within this time.
 */
const MAX_COMMIT_DELAY_MS = 10 * 60_000;
const HOURS_PER_TRANSACTION = 24;
const TRANSACTIONS_PER_JOB = 10;

interface RollUpRange {
  /** The first hour to count. */
  readonly from: Date;
  /** Id of the latest decision when counting began. */
  readonly last: string;
}

/**
 * Computes hourly totals of decisions. Hours with new decisions are recounted from the decisions themselves. Then the
 * site is not counted again for 20 times as long as this took, but at most for ten minutes, so that counting normally
 * occupies a connection for at most a twentieth of the time.
 */
@Injectable()
export class RollUpService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsService,
    private readonly handlers: JobHandlers,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(ROLL_UP, (payload, signal) => this.run(payload, signal));
    this.ticker.every('roll-ups', POLL_INTERVAL_MS, () => this.beginDue());
  }

  async beginDue(): Promise<void> {
    const sites = await this.database.inSystem((tx) => {
      tx.allowLongStatements();
      return tx.query<{ siteId: SiteId }>(sql`SELECT sites_to_roll_up($1, $2) AS "siteId"`, [
        this.clock.now(),
        MAX_SITES,
      ]);
    });
    await this.jobs.add(sites.map(({ siteId }) => rollUpJobFor({ siteId })));
  }

  private async run({ siteId }: RollUpPayload, signal: AbortSignal): Promise<JobToAdd[]> {
    const ctx = systemContext(siteId, `roll-up-${siteId}`);
    const startedAt = performance.now();
    for (let n = 0; n < TRANSACTIONS_PER_JOB; n++) {
      signal.throwIfAborted();
      const next = await this.database.inSite(ctx, (tx) => this.count(tx, ctx, startedAt));
      if (next === null) return [];
      if (n === TRANSACTIONS_PER_JOB - 1) return [rollUpJobFor({ siteId }, next)];
    }
    return [];
  }

  /**
   * @param startedAt start of the whole run: `performance.now()` of this process
   * @returns the next hour to count; null when all are counted
   */
  private async count(tx: Tx, ctx: SiteContext, startedAt: number): Promise<Date | null> {
    tx.allowLongStatements();
    const range = await this.nextRange(tx, ctx);
    if (range === null) return null;
    const end = Math.floor(timeOf(range.last) / HOUR_MS) * HOUR_MS;
    const until = Math.min(end, range.from.getTime() + (HOURS_PER_TRANSACTION - 1) * HOUR_MS);
    await tx.query(
      sql`SELECT roll_up_hour($1, h) FROM generate_series($2::timestamptz, $3::timestamptz, interval '1 hour') h`,
      [ctx.siteId, range.from, new Date(until)],
    );
    const isDone = until === end;
    const reached = isDone ? range.last : firstIdAt(until + HOUR_MS);
    await tx.query(sql`UPDATE roll_up SET reached = $2, rolled_at = $3, took_ms = $4 WHERE site_id = $1`, [
      ctx.siteId,
      reached,
      this.clock.now(),
      Math.round(performance.now() - startedAt),
    ]);
    return isDone ? null : new Date(until + HOUR_MS);
  }

  /**
   * Locks the site's row, so that only one worker counts a site.
   * @returns null if there are no uncounted decisions
   */
  private async nextRange(tx: Tx, ctx: SiteContext): Promise<RollUpRange | null> {
    const oldest = firstIdAt(this.clock.nowMs() - RETENTION_MS);
    await tx.query(
      sql`INSERT INTO roll_up (site_id, reached, rolled_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [ctx.siteId, firstIdAt(0), this.clock.now()],
    );
    const [{ reached }] = await tx.query<{ reached: string }>(
      sql`SELECT reached FROM roll_up WHERE site_id = $1 FOR UPDATE`,
      [ctx.siteId],
    );
    const [row] = await tx.query<{ first: string; last: string }>(
      sql`SELECT (SELECT d.id FROM decision d WHERE d.site_id = $1 AND d.id >= greatest($2::uuid, $3::uuid)
           ORDER BY d.id LIMIT 1) AS first,
         d.id AS last
       FROM decision d WHERE d.site_id = $1 AND d.id > $2::uuid ORDER BY d.id DESC LIMIT 1`,
      [ctx.siteId, reached, oldest],
    );
    if (!row?.first) return null;
    const from = Math.min(timeOf(row.first), Math.max(timeOf(reached) - MAX_COMMIT_DELAY_MS, timeOf(oldest)));
    const first = timeOf(reached) === 0 ? timeOf(row.first) : from;
    return { from: new Date(Math.floor(first / HOUR_MS) * HOUR_MS), last: row.last };
  }
}

/** The time encoded in an id, in milliseconds. */
const timeOf = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
