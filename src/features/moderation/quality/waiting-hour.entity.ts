import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** How long comments waited for a person, per hour of the decision. */
@Entity({ name: 'waiting_hour' })
export class WaitingHourEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('timestamptz')
  hour: Date;

  @PrimaryColumn('smallint')
  bucket: number;

  @Column('int')
  decisions: number;
}
