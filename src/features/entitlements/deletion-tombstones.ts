import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { READER_FACT_RETENTION_MS } from '../readers/reader-facts.repository.js';

const POLL_INTERVAL_MS = 10 * 60_000;
const MAX_READERS = 500;

/**
 * Forgets that readers were deleted once nothing of the time before can come any more, and with it what was told of
 * their entitlements since and gives nothing, unless somebody has come back by the key.
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
      tx.query('SELECT purge_deletion_tombstones($1, $2)', [before, MAX_READERS]),
    );
  }
}
