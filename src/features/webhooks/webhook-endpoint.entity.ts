import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, WebhookEndpointId } from '../../platform/ids.js';

/** Webhook endpoints of a site and the state of their circuit. */
@Entity({ name: 'webhook_endpoint' })
export class WebhookEndpointEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: WebhookEndpointId;

  @Column('text')
  url: string;

  @Column('text', { array: true })
  events: string[];

  @Column('text')
  body: 'thin' | 'full';

  @Column('jsonb')
  secrets: unknown;

  @Column('text')
  state: 'active' | 'disabled';

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason: string | null;

  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince: Date | null;

  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('int')
  failures: number;

  @Column('timestamptz', { name: 'open_until', nullable: true })
  openUntil: Date | null;

  @Column('timestamptz', { name: 'owners_notified_at', nullable: true })
  ownersNotifiedAt: Date | null;

  @Column('timestamptz', { name: 'probing_until', nullable: true })
  probingUntil: Date | null;
}
