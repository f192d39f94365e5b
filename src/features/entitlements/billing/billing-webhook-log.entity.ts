import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { BillingWebhookLogId, BillingWebhookOutcome } from './billing-webhook-log.repository.js';

/** Billing webhooks with their outcomes, for the integrations page. Bodies are stored encrypted. */
@Entity({ name: 'billing_webhook_log' })
export class BillingWebhookLogEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: BillingWebhookLogId;

  @Column('text')
  provider: string;

  @Column('text')
  outcome: BillingWebhookOutcome;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text', { nullable: true })
  detail: string | null;

  @Column('text', { name: 'message_id', nullable: true })
  messageId: string | null;

  @Column('text', { name: 'reader_key', nullable: true })
  readerKey: string | null;

  @Column('text', { name: 'entitlement_key', nullable: true })
  entitlementKey: string | null;

  /** Only for webhooks with a valid signature; used for replay. */
  @Column('text', { name: 'body_sealed', nullable: true })
  bodySealed: string | null;

  @Column('uuid', { name: 'replay_of', nullable: true })
  replayOf: string | null;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt: Date;
}
