import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { READER_FACT_RETENTION_MS } from '../readers/reader-facts.repository.js';
import { sql } from '../../platform/database/sql.js';

const POLL_INTERVAL_MS = 10 * 60_000;
const MAX_READERS = 500;

/**
 * Deletes the tombstones of deleted readers once no facts from before the deletion can arrive any more. If the reader
 * key has not been used again and all entitlements reported since are cancelled or expired, deletes these entitlements
 * and their ledger entries as well.
 */
@Injectable()
export class DeletionTombstones implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ticker.every('deletion-tombstones', POLL_INTERVAL_MS, () => this.purge());
  }

  async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - READER_FACT_RETENTION_MS);
    await this.database.inSystem((tx) =>
      tx.query(sql`SELECT purge_deletion_tombstones($1, $2)`, [before, MAX_READERS]),
    );
  }
}
