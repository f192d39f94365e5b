import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/**
 * Sanctions that survive the deletion of an account. Warnings and trust do not: a warning has been read, and trust
 * must be earned again.
 */
const LASTING = ['suspended', 'banned', 'pre-moderated'] as const;
export type LastingSanction = (typeof LASTING)[number];

export interface SanctionTombstone {
  readonly standing: LastingSanction;
  /** Null: no end. */
  readonly until: Date | null;
}

/** Payload of the internal event `reader.returned`; its subject is `reader:<readerId>`. */
export interface ReaderReturned {
  /** Id of the new account. */
  readerId: ReaderId;
  readerKey: string;
  standing: LastingSanction;
  /** ISO 8601; null: no end. */
  until: string | null;
  reason: string | null;
}

const PURGE_BATCH_ROWS = 100;

const isLasting = (standing: string): standing is LastingSanction =>
  (LASTING as readonly string[]).includes(standing);

export const SAVE_SANCTION_TOMBSTONE = composeSql`DELETE FROM sanction_tombstone WHERE site_id = $1 AND key_mac IN (
     SELECT key_mac FROM sanction_tombstone WHERE site_id = $1 AND until <= $2 LIMIT ${PURGE_BATCH_ROWS})`;

/**
 * Sanctions of deleted readers, stored so that nobody can escape a ban by deleting their account. The sanction, its
 * end and its reason are stored under a keyed hash of the reader's key. The hash recognises a returning reader but
 * does not reveal who left.
 */
@Injectable()
export class SanctionTombstones {
  private readonly hashKey: Buffer;

  constructor(
    @Inject(SECRETS) secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {
    this.hashKey = secrets.derive('kept-standing');
  }

  /** The keyed hash under which a reader's sanction is stored. */
  macOf(siteId: SiteId, readerKey: string): Buffer {
    return createHmac('sha256', this.hashKey).update(`${siteId}\n${readerKey}`).digest();
  }

  /**
   * Must be called before the key is removed from the reader's row, inside the transaction that holds the row. Stores
   * nothing if no lasting sanction is in effect.
   */
  async save(
    tx: Tx,
    ctx: SiteContext,
    readerKey: string,
    { standing, until, reason }: { standing: string; until: Date | null; reason: string | null },
  ): Promise<void> {
    const now = this.clock.now();
    await tx.query(SAVE_SANCTION_TOMBSTONE, [ctx.siteId, now]);
    if (!isLasting(standing) || (until && until <= now)) return;
    await tx.query(
      sql`INSERT INTO sanction_tombstone (site_id, key_mac, standing, until, reason, kept_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (site_id, key_mac) DO UPDATE SET standing = excluded.standing, until = excluded.until,
         reason = excluded.reason, kept_at = excluded.kept_at`,
      [ctx.siteId, this.macOf(ctx.siteId, readerKey), standing, until, reason, now],
    );
  }

  /**
   * Restores the sanction of the previous account with the same key on a newly stored reader, with its original end.
   */
  async restore(tx: Tx, ctx: SiteContext, id: ReaderId, readerKey: string): Promise<void> {
    const [tombstone] = await tx.query<SanctionTombstone & { reason: string | null }>(
      sql`WITH kept AS (
         DELETE FROM sanction_tombstone WHERE site_id = $1 AND key_mac = $2 RETURNING standing, until, reason)
       UPDATE reader SET standing = kept.standing, standing_until = kept.until, standing_reason = kept.reason
       FROM kept WHERE site_id = $1 AND id = $3 AND (kept.until IS NULL OR kept.until > $4)
       RETURNING kept.standing, kept.until, kept.reason`,
      [ctx.siteId, this.macOf(ctx.siteId, readerKey), id, this.clock.now()],
    );
    if (!tombstone) return;
    const { standing, until, reason } = tombstone;
    const payload: ReaderReturned = {
      readerId: id,
      readerKey,
      standing,
      until: until?.toISOString() ?? null,
      reason,
    };
    await this.outbox.add(tx, ctx, {
      type: 'reader.returned',
      subject: `reader:${id}`,
      payload: { ...payload },
    });
  }
}
