import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { CoralDecision } from './coral-answer.js';
import { CoralPhaseEntity } from './coral-phase.entity.js';
import { type Sql, sql } from '../../../platform/database/sql.js';

/** Each process records at most one answer and one failure per site in this time. */
const RECORD_INTERVAL_MS = 5_000;
const MAX_CACHED_SITES = 2_000;

/** Records the outcome of Coral's requests, for the console. It stores nothing about the comments themselves. */
@Injectable()
export class CoralPhaseHealth {
  private readonly logger = new Logger('coral');
  private readonly lastRecordedAtMs = new LRUCache<string, number>({ max: 2 * MAX_CACHED_SITES });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  recordAnswer(siteId: SiteId, { action, rule }: CoralDecision): void {
    if (!this.isDue('answered', siteId)) return;
    this.write(
      siteId,
      sql`UPDATE coral_phase SET last_answer_at = $2, last_answer = $3, last_rule = $4
       WHERE site_id = $1 AND (last_answer_at IS NULL OR last_answer_at <= $2)`,
      [this.clock.now(), action, rule.key],
    );
  }

  /** @param reason a full sentence that is shown to the publisher */
  recordFailure(siteId: SiteId, reason: string): void {
    if (!this.isDue('failed', siteId)) return;
    this.write(
      siteId,
      sql`UPDATE coral_phase SET last_failure_at = $2, last_failure = $3
       WHERE site_id = $1 AND (last_failure_at IS NULL OR last_failure_at <= $2)`,
      [this.clock.now(), reason],
    );
  }

  read(ctx: SiteContext): Promise<CoralPhaseEntity | null> {
    return this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(CoralPhaseEntity).findOneBy({ siteId: ctx.siteId }),
    );
  }

  private isDue(kind: 'answered' | 'failed', siteId: SiteId): boolean {
    const key = `${kind} ${siteId}`;
    const now = this.clock.nowMs();
    const last = this.lastRecordedAtMs.get(key);
    if (last !== undefined && Math.abs(now - last) < RECORD_INTERVAL_MS) return false;
    this.lastRecordedAtMs.set(key, now);
    return true;
  }

  /** Runs in the background; the response to Coral does not wait for it. */
  private write(siteId: SiteId, statement: Sql, values: readonly unknown[]): void {
    this.database
      .inSeparateTransaction({ siteId, principal: SYSTEM }, (tx) => tx.query(statement, [siteId, ...values]))
      .catch((error: unknown) => this.logger.warn({ event: 'coral.health-not-recorded', siteId, error }));
  }
}
