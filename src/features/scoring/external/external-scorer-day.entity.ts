import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Calls of an external scorer per day, for its budget. Days are kept until the scorer is deleted. */
@Entity({ name: 'external_scorer_day' })
export class ExternalScorerDayEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  scorer: string;

  @PrimaryColumn('date')
  day: string;

  @Column('int')
  calls: number;
}
