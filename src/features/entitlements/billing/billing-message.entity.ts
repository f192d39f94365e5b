import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Ids of billing messages that were processed, so that a repeated one changes nothing. */
@Entity({ name: 'billing_message' })
export class BillingMessageEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  provider: string;

  @PrimaryColumn('text', { name: 'message_id' })
  messageId: string;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt: Date;
}
