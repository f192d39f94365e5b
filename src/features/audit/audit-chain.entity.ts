import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** Length and last hash of each site's audit chain; without it the newest entries could be cut off unnoticed. */
@Entity({ name: 'audit_chain' })
export class AuditChainEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('bigint')
  length: string;

  @Column('text')
  head: string;
}
