import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** The id of a processed billing message. A repeated message with this id has no effect. */
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
