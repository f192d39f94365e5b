import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { nextDigestAt } from './digest-schedule.js';
import { NotificationEmails } from './notification-emails.js';
import { ReaderEmailRepository } from './reader-email.repository.js';
import { sql } from '../../platform/database/sql.js';

const POLL_INTERVAL_MS = 60_000;
const MAX_ROWS = 200;

/** Emails the digests that are due. The email and the time of the next digest are stored in one transaction. */
@Injectable()
export class Digests implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly addresses: ReaderEmailRepository,
    private readonly emails: NotificationEmails,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ticker.every('digests', POLL_INTERVAL_MS, () => this.sweep());
  }

  /** Enqueues the digests that are due. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (;;) {
      const due = await this.database.inSystem((tx) =>
        tx.query<{ site_id: SiteId; reader_id: ReaderId }>(sql`SELECT * FROM due_digests($1, $2)`, [
          now,
          MAX_ROWS,
        ]),
      );
      let claimed = 0;
      for (const { site_id: siteId, reader_id: readerId } of due) {
        const wasClaimed = await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
          const to = await this.addresses.claimDigest(tx, siteId, readerId, now, (delivery) =>
            nextDigestAt(delivery, now)!,
          );
          if (to)
            await this.emails.sendDigest(
              tx,
              siteId,
              to,
              `digest-${readerId}-${to.nextDigestAt!.toISOString()}`,
            );
          return to !== null;
        });
        if (wasClaimed) claimed++;
      }
      // If other workers claimed all of them, those workers continue.
      if (due.length < MAX_ROWS || claimed === 0) return;
    }
  }
}
