import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ErasedReaderEntity } from './erased-reader.entity.js';

/**
 * Remembers erased readers so that importing an old export does not bring them back. Only a keyed hash of the
 * reader's key is stored. It can recognise a key that is already known, but does not reveal who was erased.
 */
@Injectable()
export class ErasedReaders {
  private readonly hashKey: Buffer;

  constructor(
    @Inject(SECRETS) secrets: Secrets,
    private readonly clock: Clock,
  ) {
    this.hashKey = secrets.derive('erased-reader');
  }

  macOf(siteId: SiteId, readerKey: string): Buffer {
    return createHmac('sha256', this.hashKey).update(`${siteId}\n${readerKey}`).digest();
  }

  async record(tx: Tx, ctx: SiteContext, readerKey: string): Promise<void> {
    const { siteId } = ctx;
    const row = { siteId, keyMac: this.macOf(siteId, readerKey), erasedAt: this.clock.now() };
    await tx.manager.getRepository(ErasedReaderEntity).upsert(row, ['siteId', 'keyMac']);
  }
}
