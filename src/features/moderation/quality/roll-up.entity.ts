import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Progress of a site's hourly statistics. */
@Entity({ name: 'roll_up' })
export class RollUpEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('uuid')
  reached: string;

  @Column('timestamptz', { name: 'rolled_at' })
  rolledAt: Date;

  @Column('int', { name: 'took_ms' })
  tookMs: number;
}
