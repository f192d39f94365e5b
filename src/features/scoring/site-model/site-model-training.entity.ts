import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { TrainingPhase } from './training-progress.js';

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

  /** Null: no training is queued or running. */
  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { name: 'progress_at', nullable: true })
  progressAt: Date | null;

  /** 0 to 1. */
  @Column('real')
  progress: number;

  /** Of the current training, or in which the latest one failed. */
  @Column('text', { nullable: true })
  phase: TrainingPhase | null;
}
