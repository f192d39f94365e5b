import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { type Sql, composeSql, sql } from '../../../platform/database/sql.js';

/** Minimum interval between two writes of the same kind by one process. */
const RECORD_INTERVAL_MS = 5_000;
const MAX_CACHED_SITES = 2_000;

/** Recent results of a publisher's endpoint. */
export interface LookupHealthState {
  readonly lastSuccessAt: Date | null;
  /** Duration of that lookup. */
  readonly lastSuccessMs: number | null;
  readonly lastFailureAt: Date | null;
  readonly lastFailure: string | null;
  /** Time until which a process makes no lookups; null or in the past if the circuit is closed. */
  readonly openUntil: Date | null;
}

/** The endpoint that was called. Records about a URL that has been changed since are dropped. */
interface LookupTarget {
  readonly siteId: SiteId;
  readonly url: string;
}

/** Records the health of lookups for the publisher. Each process makes its own lookups and records them here. */
@Injectable()
export class LookupHealth {
  private readonly logger = new Logger('look-up');
  /** Time of this process's last record per kind. */
  private readonly lastRecordedAtMs = new LRUCache<string, number>({ max: 2 * MAX_CACHED_SITES });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  recordSuccess(target: LookupTarget, at: Date, durationMs: number): void {
    if (!this.shouldRecord(target, 'answered')) return;
    this.write(
      target,
      composeSql`last_success_at = greatest(last_success_at, $3), last_success_ms = $4, open_until = NULL`,
      [at, durationMs],
    );
  }

  recordFailure(target: LookupTarget, at: Date, reason: string): void {
    if (!this.shouldRecord(target, 'failed')) return;
    // Record the next success immediately.
    this.lastRecordedAtMs.delete(keyOf(target, 'answered'));
    this.write(target, composeSql`last_failure_at = greatest(last_failure_at, $3), last_failure = $4`, [
      at,
      reason,
    ]);
  }

  circuitOpened(target: LookupTarget, until: Date): void {
    this.lastRecordedAtMs.delete(keyOf(target, 'answered'));
    this.write(target, composeSql`open_until = $3`, [until]);
  }

  async read(ctx: SiteContext): Promise<LookupHealthState | null> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.query<LookupHealthState>(
        sql`SELECT last_success_at AS "lastSuccessAt", last_success_ms AS "lastSuccessMs",
           last_failure_at AS "lastFailureAt", last_failure AS "lastFailure", open_until AS "openUntil"
         FROM entitlement_lookup WHERE site_id = $1`,
        [ctx.siteId],
      ),
    );
    return row ?? null;
  }

  private shouldRecord(target: LookupTarget, kind: 'answered' | 'failed'): boolean {
    const now = this.clock.nowMs();
    const before = this.lastRecordedAtMs.get(keyOf(target, kind));
    if (before !== undefined && Math.abs(now - before) < RECORD_INTERVAL_MS) return false;
    this.lastRecordedAtMs.set(keyOf(target, kind), now);
    return true;
  }

  /** Runs in the background, so that no reader waits for it. */
  private write({ siteId, url }: LookupTarget, change: Sql, values: readonly unknown[]): void {
    const write = (tx: Tx): Promise<unknown> =>
      tx.query(composeSql`UPDATE entitlement_lookup SET ${change} WHERE site_id = $1 AND url = $2`, [
        siteId,
        url,
        ...values,
      ]);
    this.database
      .inSeparateTransaction({ siteId, principal: SYSTEM }, write)
      .catch((error: unknown) => this.logger.warn({ event: 'look-up.not-noted', siteId, error }));
  }
}

const keyOf = ({ siteId, url }: LookupTarget, kind: string): string => `${kind} ${siteId} ${url}`;
