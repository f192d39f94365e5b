import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryId, EventId, SiteId, WebhookEndpointId } from '../../platform/ids.js';

/**
 * Events to be delivered to an endpoint, one row each. `subject` and `position` repeat those of the event, for the
 * index that keeps each subject in order.
 */
@Entity({ name: 'delivery' })
export class DeliveryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: DeliveryId;

  @Column('uuid', { name: 'endpoint_id' })
  endpointId: WebhookEndpointId;

  @Column('uuid', { name: 'event_id' })
  eventId: EventId;

  @Column('text')
  subject: string;

  @Column('bigint')
  position: string;

  @Column('text')
  status: 'pending' | 'delivered' | 'failed' | 'cancelled';

  /** Number of attempts in total. */
  @Column('int')
  attempts: number;

  /** Number of attempts since the delivery was created or last redelivered; determines the next delay. */
  @Column('int')
  tries: number;

  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt: Date | null;

  @Column('uuid', { nullable: true })
  lease: string | null;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  @Column('int', { name: 'last_status', nullable: true })
  lastStatus: number | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt: Date | null;
}
