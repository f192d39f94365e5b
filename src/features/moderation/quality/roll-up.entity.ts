import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Progress of a site's hourly statistics. */
@Entity({ name: 'roll_up' })
export class RollUpEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  /** Id up to which decisions are counted. */
  @Column('uuid')
  reached: string;

  /** When they were last counted. */
  @Column('timestamptz', { name: 'rolled_at' })
  rolledAt: Date;

  @Column('int', { name: 'took_ms' })
  tookMs: number;
}
