import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Mail } from '../../platform/mail/mail.js';
import { sql } from '../../platform/database/sql.js';
import { ReaderEmailEntity } from './reader-email.entity.js';

export const DELIVERIES = ['instant', 'daily', 'weekly'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export type ReaderEmail = Readonly<Omit<ReaderEmailEntity, 'siteId'>>;

/** Stores where and how often readers want emails. */
@Injectable()
export class ReaderEmailRepository {
  constructor(private readonly mail: Mail) {}

  find(tx: Tx, siteId: SiteId, readerId: ReaderId): Promise<ReaderEmail | null> {
    return tx.manager.getRepository(ReaderEmailEntity).findOneBy({ siteId, readerId });
  }

  /** Like `find`, and locks the row until the transaction ends, so that a concurrent change is not undone. */
  lock(tx: Tx, siteId: SiteId, readerId: ReaderId): Promise<ReaderEmail | null> {
    return tx.manager
      .getRepository(ReaderEmailEntity)
      .findOne({ where: { siteId, readerId }, lock: { mode: 'pessimistic_write' } });
  }

  /** A changed address must be confirmed again. */
  async set(
    tx: Tx,
    siteId: SiteId,
    { readerId, address, delivery, nextDigestAt, language }: Omit<ReaderEmail, 'confirmedAt'>,
  ): Promise<ReaderEmail> {
    const [row] = await tx.query<ReaderEmail>(
      sql`INSERT INTO reader_email (site_id, reader_id, address, delivery, next_digest_at, language)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (site_id, reader_id) DO UPDATE SET address = excluded.address, delivery = excluded.delivery,
         next_digest_at = excluded.next_digest_at, language = excluded.language,
         confirmed_at = CASE WHEN reader_email.address = excluded.address THEN reader_email.confirmed_at END
       RETURNING reader_id AS "readerId", address, confirmed_at AS "confirmedAt", delivery,
         next_digest_at AS "nextDigestAt", language`,
      [siteId, readerId, address, delivery, nextDigestAt, language],
    );
    return row;
  }

  /** @returns false if the reader has since changed or removed the address */
  async confirm(tx: Tx, siteId: SiteId, readerId: ReaderId, address: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE reader_email SET confirmed_at = coalesce(confirmed_at, $4)
       WHERE site_id = $1 AND reader_id = $2 AND address = $3 RETURNING 1`,
      [siteId, readerId, address, now],
    );
    return rows.length > 0;
  }

  async remove(tx: Tx, siteId: SiteId, readerId: ReaderId): Promise<void> {
    await tx.manager.getRepository(ReaderEmailEntity).delete({ siteId, readerId });
  }

  /** Deletes the addresses of these readers and the emails written to them, including unsent ones. */
  async deleteForReaders(tx: Tx, siteId: SiteId, readerIds: readonly ReaderId[]): Promise<void> {
    const rows = await tx.query<{ address: string }>(
      sql`DELETE FROM reader_email WHERE site_id = $1 AND reader_id = ANY ($2::uuid[]) RETURNING address`,
      [siteId, readerIds],
    );
    await this.mail.forget(
      siteId,
      rows.map(({ address }) => address),
    );
  }

  /**
   * Claims a due digest for this worker and schedules the next one.
   * @returns null if another worker claimed it or it is not due
   */
  async claimDigest(
    tx: Tx,
    siteId: SiteId,
    readerId: ReaderId,
    now: Date,
    next: (delivery: Delivery) => Date,
  ): Promise<ReaderEmail | null> {
    const rows = tx.manager.getRepository(ReaderEmailEntity);
    const row = await rows.findOne({
      where: { siteId, readerId, nextDigestAt: LessThanOrEqual(now) },
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    if (row) await rows.update({ siteId, readerId }, { nextDigestAt: next(row.delivery) });
    return row;
  }
}
