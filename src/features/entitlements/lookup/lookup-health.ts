import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';

/** As often as one process writes the same kind of news down. */
const RECORD_INTERVAL_MS = 5_000;
const MAX_CACHED_SITES = 2_000;

/** How a publisher's endpoint answered last. */
export interface LookupHealthState {
  readonly lastSuccessAt: Date | null;
  /** How long that answer took. */
  readonly lastSuccessMs: number | null;
  readonly lastFailureAt: Date | null;
  readonly lastFailure: string | null;
  /** Until when a process leaves it alone; null or past: it is asked. */
  readonly openUntil: Date | null;
}

/** Where an answer came from: notes about an address that was changed since are dropped. */
interface LookupTarget {
  readonly siteId: SiteId;
  readonly url: string;
}

/** Writes down how look-ups go, for whoever set them up: every process asks by itself, and tells here. */
@Injectable()
export class LookupHealth {
  private readonly logger = new Logger('look-up');
  /** When this process noted that kind of news last. */
  private readonly lastRecordedAtMs = new LRUCache<string, number>({ max: 2 * MAX_CACHED_SITES });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  recordSuccess(asked: LookupTarget, at: Date, durationMs: number): void {
    if (!this.shouldRecord(asked, 'answered')) return;
    this.write(
      asked,
      'last_success_at = greatest(last_success_at, $3), last_success_ms = $4, open_until = NULL',
      [at, durationMs],
    );
  }

  recordFailure(asked: LookupTarget, at: Date, reason: string): void {
    if (!this.shouldRecord(asked, 'failed')) return;
    // The next answer is news again.
    this.lastRecordedAtMs.delete(keyOf(asked, 'answered'));
    this.write(asked, 'last_failure_at = greatest(last_failure_at, $3), last_failure = $4', [at, reason]);
  }

  circuitOpened(asked: LookupTarget, until: Date): void {
    this.lastRecordedAtMs.delete(keyOf(asked, 'answered'));
    this.write(asked, 'open_until = $3', [until]);
  }

  async read(ctx: SiteContext): Promise<LookupHealthState | null> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.query<LookupHealthState>(
        `SELECT last_success_at AS "lastSuccessAt", last_success_ms AS "lastSuccessMs",
           last_failure_at AS "lastFailureAt", last_failure AS "lastFailure", open_until AS "openUntil"
         FROM entitlement_lookup WHERE site_id = $1`,
        [ctx.siteId],
      ),
    );
    return row ?? null;
  }

  private shouldRecord(asked: LookupTarget, kind: 'answered' | 'failed'): boolean {
    const now = this.clock.nowMs();
    const before = this.lastRecordedAtMs.get(keyOf(asked, kind));
    if (before !== undefined && Math.abs(now - before) < RECORD_INTERVAL_MS) return false;
    this.lastRecordedAtMs.set(keyOf(asked, kind), now);
    return true;
  }

  /** Nobody waits for it, least of all the reader whose gate was asked for. */
  private write({ siteId, url }: LookupTarget, change: string, values: readonly unknown[]): void {
    const write = (tx: Tx): Promise<unknown> =>
      tx.query(`UPDATE entitlement_lookup SET ${change} WHERE site_id = $1 AND url = $2`, [
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
