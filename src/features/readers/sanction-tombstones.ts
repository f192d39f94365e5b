import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';

/** What a deletion does not end: a warning has been read, and trust begins anew. */
const LASTING = ['suspended', 'banned', 'pre-moderated'] as const;
export type LastingSanction = (typeof LASTING)[number];

export interface SanctionTombstone {
  readonly standing: LastingSanction;
  /** Null: without an end. */
  readonly until: Date | null;
}

/** Payload of `reader.returned`, which stays inside; its subject is `reader:<readerId>`. */
export interface ReaderReturned {
  /** The new account's. */
  readerId: ReaderId;
  readerKey: string;
  standing: LastingSanction;
  /** ISO 8601; null: without an end. */
  until: string | null;
  reason: string | null;
}

const PURGE_BATCH_ROWS = 100;

const isLasting = (standing: string): standing is LastingSanction =>
  (LASTING as readonly string[]).includes(standing);

/**
 * SanctionsService of readers who were deleted, so that nobody sheds a ban by asking to be forgotten. Kept are the standing,
 * its end and its reason, under a keyed hash of the reader's key: it tells who comes back, and not who left.
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

  /** What a reader is known by here. */
  macOf(siteId: SiteId, readerKey: string): Buffer {
    return createHmac('sha256', this.hashKey).update(`${siteId}\n${readerKey}`).digest();
  }

  /** Before the reader's row forgets its key; inside the transaction that holds it. Keeps nothing that stops nobody. */
  async save(
    tx: Tx,
    ctx: SiteContext,
    readerKey: string,
    { standing, until, reason }: { standing: string; until: Date | null; reason: string | null },
  ): Promise<void> {
    const now = this.clock.now();
    await tx.query(
      `DELETE FROM sanction_tombstone WHERE site_id = $1 AND key_mac IN (
         SELECT key_mac FROM sanction_tombstone WHERE site_id = $1 AND until <= $2 LIMIT ${PURGE_BATCH_ROWS})`,
      [ctx.siteId, now],
    );
    if (!isLasting(standing) || (until && until <= now)) return;
    await tx.query(
      `INSERT INTO sanction_tombstone (site_id, key_mac, standing, until, reason, kept_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (site_id, key_mac) DO UPDATE SET standing = excluded.standing, until = excluded.until,
         reason = excluded.reason, kept_at = excluded.kept_at`,
      [ctx.siteId, this.macOf(ctx.siteId, readerKey), standing, until, reason, now],
    );
  }

  /** Has a reader who was just stored stand as the one of the same key before them did, until its end. */
  async restore(tx: Tx, ctx: SiteContext, id: ReaderId, readerKey: string): Promise<void> {
    const [kept] = await tx.query<SanctionTombstone & { reason: string | null }>(
      `WITH kept AS (
         DELETE FROM sanction_tombstone WHERE site_id = $1 AND key_mac = $2 RETURNING standing, until, reason)
       UPDATE reader SET standing = kept.standing, standing_until = kept.until, standing_reason = kept.reason
       FROM kept WHERE site_id = $1 AND id = $3 AND (kept.until IS NULL OR kept.until > $4)
       RETURNING kept.standing, kept.until, kept.reason`,
      [ctx.siteId, this.macOf(ctx.siteId, readerKey), id, this.clock.now()],
    );
    if (!kept) return;
    const { standing, until, reason } = kept;
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
