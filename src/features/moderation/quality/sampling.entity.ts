import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** How many decisions of a site are drawn for review each week. */
@Entity({ name: 'sampling' })
export class SamplingEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('int')
  published: number;

  @Column('int')
  rejected: number;

  @Column('int', { name: 'twice_percent' })
  twicePercent: number;
}
