import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { sql } from '../../platform/database/sql.js';

/**
 * Records erased readers, so that importing an old export does not bring them back. It stores only a keyed hash of the
 * reader's key: a given key can be compared with it, but the hash does not reveal who was erased.
 */
@Injectable()
export class ErasedReaders {
  private readonly hashKey: Buffer;

  constructor(@Inject(SECRETS) secrets: Secrets) {
    this.hashKey = secrets.derive('erased-reader');
  }

  macOf(siteId: SiteId, readerKey: string): Buffer {
    return createHmac('sha256', this.hashKey).update(`${siteId}\n${readerKey}`).digest();
  }

  async record(tx: Tx, ctx: SiteContext, readerKey: string): Promise<void> {
    const { siteId } = ctx;
    await tx.query(sql`INSERT INTO erased_reader (site_id, key_mac) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      siteId,
      this.macOf(siteId, readerKey),
    ]);
  }
}
