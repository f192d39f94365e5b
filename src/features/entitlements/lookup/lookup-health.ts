import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { EntitlementLookupEntity } from './entitlement-lookup.entity.js';
import { type Sql, sql } from '../../../platform/database/sql.js';

/** Minimum interval between two writes of the same kind by one process. */
const RECORD_INTERVAL_MS = 5_000;
const MAX_CACHED_SITES = 2_000;

/** Recent results of a publisher's endpoint. */
export type LookupHealthState = Pick<
  EntitlementLookupEntity,
  'lastSuccessAt' | 'lastSuccessMs' | 'lastFailureAt' | 'lastFailure' | 'openUntil'
>;

/** The endpoint that was called. Results are dropped if the site's URL has changed since. */
interface LookupTarget {
  readonly siteId: SiteId;
  readonly url: string;
}

/** Records the health of lookups for the publisher. Each process makes its own lookups and records them here. */
@Injectable()
export class LookupHealth {
  private readonly logger = new Logger('lookup');
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
      sql`UPDATE entitlement_lookup
       SET last_success_at = greatest(last_success_at, $3), last_success_ms = $4, open_until = NULL
       WHERE site_id = $1 AND url = $2`,
      [at, durationMs],
    );
  }

  recordFailure(target: LookupTarget, at: Date, reason: string): void {
    if (!this.shouldRecord(target, 'failed')) return;
    // Record the next success immediately.
    this.lastRecordedAtMs.delete(keyOf(target, 'answered'));
    this.write(
      target,
      sql`UPDATE entitlement_lookup SET last_failure_at = greatest(last_failure_at, $3), last_failure = $4
       WHERE site_id = $1 AND url = $2`,
      [at, reason],
    );
  }

  recordCircuitOpened(target: LookupTarget, until: Date): void {
    this.lastRecordedAtMs.delete(keyOf(target, 'answered'));
    this.write(target, sql`UPDATE entitlement_lookup SET open_until = $3 WHERE site_id = $1 AND url = $2`, [
      until,
    ]);
  }

  read(ctx: SiteContext): Promise<LookupHealthState | null> {
    return this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(EntitlementLookupEntity).findOneBy({ siteId: ctx.siteId }),
    );
  }

  private shouldRecord(target: LookupTarget, kind: 'answered' | 'failed'): boolean {
    const now = this.clock.nowMs();
    const lastRecordedAt = this.lastRecordedAtMs.get(keyOf(target, kind));
    if (lastRecordedAt !== undefined && Math.abs(now - lastRecordedAt) < RECORD_INTERVAL_MS) return false;
    this.lastRecordedAtMs.set(keyOf(target, kind), now);
    return true;
  }

  /** Runs in the background, so that no reader waits for it. The first two parameters are the site id and the URL. */
  private write({ siteId, url }: LookupTarget, statement: Sql, values: readonly unknown[]): void {
    const write = (tx: Tx): Promise<unknown> => tx.query(statement, [siteId, url, ...values]);
    this.database
      .inSeparateTransaction({ siteId, principal: SYSTEM }, write)
      .catch((error: unknown) => this.logger.warn({ event: 'lookup.health-not-recorded', siteId, error }));
  }
}

const keyOf = ({ siteId, url }: LookupTarget, kind: string): string => `${kind} ${siteId} ${url}`;
