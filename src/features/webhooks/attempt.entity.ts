import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryId, SiteId } from '../../platform/ids.js';

/** Delivery attempts, with the response. */
@Entity({ name: 'attempt' })
export class AttemptEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'delivery_id' })
  deliveryId: DeliveryId;

  @PrimaryColumn('int')
  number: number;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Column('int', { name: 'duration_ms' })
  durationMs: number;

  @Column('int', { name: 'status_code', nullable: true })
  statusCode: number | null;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('text', { nullable: true })
  answer: string | null;
}
