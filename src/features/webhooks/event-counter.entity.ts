import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** The last sequence number of each subject. Numbering continues after the events themselves are purged. */
@Entity({ name: 'event_counter' })
export class EventCounterEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  subject: string;

  @Column('int')
  last: number;
}
