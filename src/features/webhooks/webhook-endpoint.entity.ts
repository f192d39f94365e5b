import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, WebhookEndpointId } from '../../platform/ids.js';
import type { StoredSecret } from './webhook-secrets.js';

/** Webhook endpoints of a site, and the state of their circuit breakers. */
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
  secrets: StoredSecret[];

  @Column('text')
  state: 'active' | 'disabled';

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason: string | null;

  /** Start of the current series of failures; null: the endpoint is not failing. */
  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince: Date | null;

  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  /**
   * Consecutive failures of first tries. A retry counts only if it starts a series of failures or probes an open
   * circuit.
   */
  @Column('int')
  failures: number;

  /** The circuit is open until this time. Afterwards one delivery is sent as a probe. Null: the circuit is closed. */
  @Column('timestamptz', { name: 'open_until', nullable: true })
  openUntil: Date | null;

  /** When the owners were last notified that it fails or was disabled. */
  @Column('timestamptz', { name: 'owners_notified_at', nullable: true })
  ownersNotifiedAt: Date | null;

  /** End of the lease of the current probe; null: none is being sent. */
  @Column('timestamptz', { name: 'probing_until', nullable: true })
  probingUntil: Date | null;
}
