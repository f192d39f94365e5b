import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id, ReaderId, SiteId } from '../../platform/ids.js';

export type PortfolioId = Id<'portfolio'>;

/** Named sets of topics that a reader follows. */
@Entity({ name: 'portfolio' })
export class PortfolioEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: PortfolioId;

  @Column('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  name: string;

  @Column('boolean')
  alerts: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
