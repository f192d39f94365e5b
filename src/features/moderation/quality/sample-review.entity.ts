import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId, SiteId } from '../../../platform/ids.js';
import type { SampleReviewAnswer } from './samples.service.js';

/** Reviewers' verdicts on sampled decisions. */
@Entity({ name: 'sample_review' })
export class SampleReviewEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'sample_id' })
  sampleId: string;

  @PrimaryColumn('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('text')
  answer: SampleReviewAnswer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
