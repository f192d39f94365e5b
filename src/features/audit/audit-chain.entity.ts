import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/**
 * Length and last hash of each site's audit chain. Without it, nobody would notice if the newest entries were deleted.
 */
@Entity({ name: 'audit_chain' })
export class AuditChainEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('bigint')
  length: string;

  /** Hash of the last entry. */
  @Column('text')
  head: string;
}
