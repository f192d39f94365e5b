import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { EntitlementKind, EntitlementStatus } from './entitlement.js';

/** A reader's entitlements, each with the latest fact reported about it. */
@Entity({ name: 'entitlement' })
export class EntitlementEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text', { name: 'reader_key' })
  readerKey: string;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  tier: string;

  @Column('text')
  status: EntitlementStatus;

  @Column('text')
  kind: EntitlementKind;

  @Column('text', { name: 'granted_by', nullable: true })
  grantedBy: string | null;

  @Column('timestamptz', { name: 'valid_until', nullable: true })
  validUntil: Date | null;

  @Column('timestamptz', { name: 'grace_until', nullable: true })
  graceUntil: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('text')
  source: string;

  /** The provider's own sequence number. A string here, because the column is numeric. */
  @Column('numeric', { nullable: true })
  sequence: string | null;

  @Column('timestamptz', { name: 'reported_at' })
  reportedAt: Date;

  @Column('text', { name: 'message_id', nullable: true })
  messageId: string | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
