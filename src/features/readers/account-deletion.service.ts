import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { callerOf } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { IdempotencyRecords } from '../../platform/http/idempotency-records.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import { nameSkeleton, placeholderName } from './display-name.js';
import { ErasedReaders } from './erased-readers.js';
import { SanctionTombstones } from './sanction-tombstones.js';
import { ReaderDirectory } from './reader-directory.js';
import type { SignedInReader } from './signed-in-reader.js';
import { IgnoredAuthorEntity } from './ignored-author.entity.js';
import { ReaderDeletionEntity } from './reader-deletion.entity.js';
import { ReaderFactEntity } from './reader-fact.entity.js';
import { sql } from '../../platform/database/sql.js';

/** How long after the request the reader can cancel the deletion. */
const GRACE_MS = 24 * 60 * 60_000;
const POLL_INTERVAL_MS = 30_000;
const MAX_ROWS = 100;

const deletions = (tx: Tx) => tx.manager.getRepository(ReaderDeletionEntity);

/** Payload of `reader.erased`; its subject is `reader:<readerId>`. */
export interface ReaderErased {
  readerId: ReaderId;
  /** The reader's former `sub`. It is removed from the reader's row. */
  readerKey: string;
}

/**
 * Deletes accounts at the reader's request. One day after the request, all identifying data is erased: name, picture,
 * email and the publisher's key. The reader's comments are erased by a handler of `reader.erased`. A reader who
 * returns with the same `sub` starts with a new account, but sanctions imposed by moderators still apply.
 */
@Injectable()
export class AccountDeletionService implements OnModuleInit {
  private readonly logger = new Logger('readers');

  constructor(
    private readonly database: Database,
    private readonly readers: ReaderDirectory,
    private readonly sanctionTombstones: SanctionTombstones,
    private readonly erased: ErasedReaders,
    private readonly outbox: Outbox,
    private readonly idempotencyRecords: IdempotencyRecords,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ticker.every('reader-deletion', POLL_INTERVAL_MS, () => this.sweep());
  }

  /** @returns when the account will be deleted, or null if no deletion was requested */
  async dueAt(ctx: SiteContext, reader: SignedInReader): Promise<Date | null> {
    const row = await this.database.inSite(ctx, (tx) =>
      deletions(tx).findOneBy({ siteId: ctx.siteId, readerId: reader.id }),
    );
    return row?.dueAt ?? null;
  }

  /** Requests the deletion. Repeated requests do not restart the 24 hours. */
  async request(ctx: SiteContext, reader: SignedInReader): Promise<Date> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.query<{ due_at: Date }>(
        sql`INSERT INTO reader_deletion (site_id, reader_id, due_at) VALUES ($1, $2, $3)
         ON CONFLICT (site_id, reader_id) DO UPDATE SET due_at = reader_deletion.due_at RETURNING due_at`,
        [ctx.siteId, reader.id, new Date(this.clock.nowMs() + GRACE_MS)],
      ),
    );
    return row.due_at;
  }

  async cancel(ctx: SiteContext, reader: SignedInReader): Promise<void> {
    await this.database.inSite(ctx, (tx) =>
      deletions(tx).delete({ siteId: ctx.siteId, readerId: reader.id }),
    );
  }

  /** Erases up to MAX_ROWS readers whose grace period has ended; the next sweep erases the rest. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const due = await this.database.inSystem((tx) =>
      tx.query<{ site_id: SiteId; reader_id: ReaderId }>(sql`SELECT * FROM due_reader_deletions($1, $2)`, [
        now,
        MAX_ROWS,
      ]),
    );
    for (const { site_id: siteId, reader_id: readerId } of due) {
      const ctx = systemContext(siteId, `erase-${readerId}`);
      await this.database.inSite(ctx, (tx) => this.erase(tx, ctx, readerId, now));
    }
  }

  private async erase(tx: Tx, ctx: SiteContext, readerId: ReaderId, now: Date): Promise<void> {
    const { affected } = await deletions(tx).delete({
      siteId: ctx.siteId,
      readerId,
      dueAt: LessThanOrEqual(now),
    });
    // The request may have been cancelled at the last moment, or handled by another worker.
    if (affected) await this.eraseNow(tx, ctx, readerId);
  }

  /** Erases a reader immediately, inside the caller's transaction. */
  async eraseNow(tx: Tx, ctx: SiteContext, readerId: ReaderId): Promise<void> {
    const [before] = await tx.query<{
      key: string;
      standing: string;
      until: Date | null;
      reason: string | null;
    }>(
      sql`SELECT key, standing, standing_until AS until, standing_reason AS reason FROM reader
       WHERE site_id = $1 AND id = $2 FOR UPDATE`,
      [ctx.siteId, readerId],
    );
    await this.sanctionTombstones.save(tx, ctx, before.key, before);
    await this.erased.record(tx, ctx, before.key);
    const name = placeholderName(readerId);
    // The standing stays on the row. Lasting sanctions were also saved above, for a reader who returns with the same
    // key.
    await tx.query(
      sql`UPDATE reader SET key = 'erased:' || id, name = $3, name_skeleton = $4, name_from_publisher = '', picture = NULL,
         email = NULL, tier = NULL, role = 'reader'
       WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, readerId, name, nameSkeleton(name)],
    );
    const { siteId } = ctx;
    await tx.manager.getRepository(IgnoredAuthorEntity).delete({ siteId, readerId });
    await deletions(tx).delete({ siteId, readerId });
    await tx.manager
      .getRepository(ReaderFactEntity)
      .delete({ siteId, readerKey: before.key, kind: 'profile' });
    await this.idempotencyRecords.forget(
      tx,
      ctx.siteId,
      callerOf({ kind: 'reader', siteId: ctx.siteId, readerId, readerKey: before.key }),
    );
    await this.readers.publishChange(tx, ctx.siteId, before.key);
    const payload: ReaderErased = { readerId, readerKey: before.key };
    await this.outbox.add(tx, ctx, {
      type: 'reader.erased',
      subject: `reader:${readerId}`,
      payload: { ...payload },
    });
    this.logger.log({ event: 'reader.erased', siteId: ctx.siteId, readerId });
  }
}
