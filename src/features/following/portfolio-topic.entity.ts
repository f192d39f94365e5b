import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { PortfolioId } from './portfolio.entity.js';

/** The topics of a portfolio. */
@Entity({ name: 'portfolio_topic' })
export class PortfolioTopicEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'portfolio_id' })
  portfolioId: PortfolioId;

  @PrimaryColumn('text')
  type: string;

  @PrimaryColumn('text')
  key: string;

  @Column('timestamptz')
  since: Date;
}
