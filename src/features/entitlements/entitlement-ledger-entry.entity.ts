import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { EntitlementKind, EntitlementStatus } from './entitlement.js';

/**
 * A fact about an entitlement, received from billing, the publisher or staff. Facts that arrive out of order are stored
 * too.
 */
@Entity({ name: 'entitlement_ledger_entry' })
export class EntitlementLedgerEntryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text', { name: 'reader_key' })
  readerKey: string;

  @PrimaryColumn('text')
  key: string;

  @PrimaryColumn('text')
  source: string;

  @PrimaryColumn('text', { name: 'message_id' })
  messageId: string;

  @Column('numeric', { nullable: true })
  sequence: string | null;

  @Column('timestamptz', { name: 'reported_at' })
  reportedAt: Date;

  @Column('text')
  tier: string;

  @Column('text')
  status: EntitlementStatus | 'deleted';

  @Column('timestamptz', { name: 'valid_until', nullable: true })
  validUntil: Date | null;

  @Column('timestamptz', { name: 'grace_until', nullable: true })
  graceUntil: Date | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt: Date;

  /** Null: recorded before kinds were stored. */
  @Column('text', { nullable: true })
  kind: EntitlementKind | null;

  @Column('text', { name: 'granted_by', nullable: true })
  grantedBy: string | null;
}
