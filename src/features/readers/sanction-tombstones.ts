import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { SanctionTombstoneEntity } from './sanction-tombstone.entity.js';
import { sql } from '../../platform/database/sql.js';

/**
 * Sanctions that survive the deletion of an account. Warnings and trust do not: a warning has been read, and trust
 * must be earned again.
 */
const LASTING_SANCTIONS = ['suspended', 'banned', 'pre-moderated'] as const;
export type LastingSanction = (typeof LASTING_SANCTIONS)[number];

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

const isLastingSanction = (standing: string): standing is LastingSanction =>
  (LASTING_SANCTIONS as readonly string[]).includes(standing);

/**
 * Sanctions of deleted readers, stored so that nobody can escape a ban by deleting their account. The sanction, its
 * end and its reason are stored under a keyed hash of the reader's key, by which a returning reader is recognised and
 * which does not reveal who was deleted.
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
    await tx.query(
      sql`DELETE FROM sanction_tombstone WHERE site_id = $1 AND key_mac IN (
         SELECT key_mac FROM sanction_tombstone WHERE site_id = $1 AND until <= $2 LIMIT $3)`,
      [ctx.siteId, now, PURGE_BATCH_ROWS],
    );
    if (!isLastingSanction(standing) || (until && until <= now)) return;
    const { siteId } = ctx;
    await tx.manager
      .getRepository(SanctionTombstoneEntity)
      .upsert({ siteId, keyMac: this.macOf(siteId, readerKey), standing, until, reason }, [
        'siteId',
        'keyMac',
      ]);
  }

  /**
   * Restores the sanction of the previous account with the same key on a newly stored reader, with its original end.
   */
  async restore(tx: Tx, ctx: SiteContext, id: ReaderId, readerKey: string): Promise<void> {
    const [tombstone] = await tx.query<Pick<SanctionTombstoneEntity, 'standing' | 'until' | 'reason'>>(
      sql`WITH tombstone AS (
         DELETE FROM sanction_tombstone WHERE site_id = $1 AND key_mac = $2 RETURNING standing, until, reason)
       UPDATE reader SET standing = tombstone.standing, standing_until = tombstone.until,
         standing_reason = tombstone.reason
       FROM tombstone WHERE site_id = $1 AND id = $3 AND (tombstone.until IS NULL OR tombstone.until > $4)
       RETURNING tombstone.standing, tombstone.until, tombstone.reason`,
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
