import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Mail } from '../../platform/mail/mail.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export const DELIVERIES = ['instant', 'daily', 'weekly'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export interface ReaderEmail {
  readonly readerId: ReaderId;
  readonly address: string;
  /** Null means that only the confirmation email may be sent there. */
  readonly confirmedAt: Date | null;
  readonly delivery: Delivery;
  readonly nextDigestAt: Date | null;
  /** BCP 47 language tag of the emails. */
  readonly language: string;
}

const COLUMNS = composeSql`reader_id AS "readerId", address, confirmed_at AS "confirmedAt", delivery, next_digest_at AS "nextDigestAt", language`;

export const FIND_READER_EMAIL = composeSql`SELECT ${COLUMNS} FROM reader_email WHERE site_id = $1 AND reader_id = $2`;

export const SET_READER_EMAIL = composeSql`INSERT INTO reader_email (site_id, reader_id, address, delivery, next_digest_at, changed_at, language)
   VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (site_id, reader_id) DO UPDATE SET address = excluded.address, delivery = excluded.delivery,
     next_digest_at = excluded.next_digest_at, changed_at = excluded.changed_at, language = excluded.language,
     confirmed_at = CASE WHEN reader_email.address = excluded.address THEN reader_email.confirmed_at END
   RETURNING ${COLUMNS}`;

export const CLAIM_DIGEST_READER_EMAIL = composeSql`SELECT ${COLUMNS} FROM reader_email
   WHERE site_id = $1 AND reader_id = $2 AND next_digest_at <= $3 FOR UPDATE SKIP LOCKED`;

/** Stores where and how often readers want emails. */
@Injectable()
export class ReaderEmailRepository {
  constructor(private readonly mail: Mail) {}

  async find(tx: Tx, siteId: SiteId, readerId: ReaderId): Promise<ReaderEmail | null> {
    const [row] = await tx.query<ReaderEmail>(FIND_READER_EMAIL, [siteId, readerId]);
    return row ?? null;
  }

  /** A changed address must be confirmed again. */
  async set(
    tx: Tx,
    siteId: SiteId,
    { readerId, address, delivery, nextDigestAt, language }: Omit<ReaderEmail, 'confirmedAt'>,
    now: Date,
  ): Promise<ReaderEmail> {
    const [row] = await tx.query<ReaderEmail>(SET_READER_EMAIL, [
      siteId,
      readerId,
      address,
      delivery,
      nextDigestAt,
      now,
      language,
    ]);
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
    await tx.query(sql`DELETE FROM reader_email WHERE site_id = $1 AND reader_id = $2`, [siteId, readerId]);
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
   * Claims a due digest and schedules the next one; the first worker wins. Null if another worker claimed it or it is
   * not due.
   */
  async claimDigest(
    tx: Tx,
    siteId: SiteId,
    readerId: ReaderId,
    now: Date,
    next: (delivery: Delivery) => Date,
  ): Promise<ReaderEmail | null> {
    const [row] = await tx.query<ReaderEmail>(CLAIM_DIGEST_READER_EMAIL, [siteId, readerId, now]);
    if (!row) return null;
    await tx.query(sql`UPDATE reader_email SET next_digest_at = $3 WHERE site_id = $1 AND reader_id = $2`, [
      siteId,
      readerId,
      next(row.delivery),
    ]);
    return row;
  }
}
