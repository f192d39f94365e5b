import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/**
 * When a reader lost a tier whose entitlement has since been deleted or has moved to another tier; one row per
 * entitlement and source.
 */
@Entity({ name: 'entitlement_ending' })
export class EntitlementEndingEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text', { name: 'reader_key' })
  readerKey: string;

  @PrimaryColumn('text')
  tier: string;

  @PrimaryColumn('text')
  key: string;

  @PrimaryColumn('text')
  source: string;

  @Column('timestamptz', { name: 'ended_at' })
  endedAt: Date;
}
