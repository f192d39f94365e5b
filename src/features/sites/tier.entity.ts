import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

@Entity({ name: 'tier' })
export class TierEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  name: string;

  @Column('int')
  rank: number;

  @Column('text', { name: 'upgrade_url', nullable: true })
  upgradeUrl: string | null;

  @Column('text', { nullable: true })
  badge: string | null;
}
