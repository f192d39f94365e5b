import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** The latest training of a site's own model. A table of its own, because most trainings add no model. */
@Entity({ name: 'site_model_training' })
export class SiteModelTrainingEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('timestamptz', { name: 'trained_at', nullable: true })
  trainedAt: Date | null;

  @Column('uuid', { nullable: true })
  through: string | null;

  @Column('int')
  texts: number;

  @Column('text', { nullable: true })
  outcome: 'trained' | 'too-few' | 'failed' | null;

  @Column('boolean', { name: 'rolled_back' })
  rolledBack: boolean;
}
