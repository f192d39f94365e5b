import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** The endings that entitlement_ending is the latest of, one for each entitlement and source. */
@Entity({ name: 'entitlement_ending_part' })
export class EntitlementEndingPartEntity {
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
