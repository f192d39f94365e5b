import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** What a site's editors pick, as a difference to the shipped quality head. */
@Entity({ name: 'picks_model' })
export class PicksModelEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  state: 'active' | 'retired';

  @Column('text', { name: 'model_version' })
  modelVersion: string;

  @Column('int')
  picks: number;

  @Column('int')
  comments: number;

  @Column('jsonb')
  figures: unknown;

  @Column('bytea')
  weights: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
