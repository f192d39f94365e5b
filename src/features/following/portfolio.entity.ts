import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/** Named sets of topics that a reader follows. */
@Entity({ name: 'portfolio' })
export class PortfolioEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  name: string;

  @Column('boolean')
  alerts: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
