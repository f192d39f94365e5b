import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** The latest training of a site's picks model. A table of its own, because a training may add no model. */
@Entity({ name: 'picks_model_training' })
export class PicksModelTrainingEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('timestamptz', { name: 'trained_at', nullable: true })
  trainedAt: Date | null;

  @Column('int')
  picks: number;

  @Column('text', { nullable: true })
  outcome: 'trained' | 'too-few' | 'failed' | null;

  @Column('boolean')
  enabled: boolean;
}
