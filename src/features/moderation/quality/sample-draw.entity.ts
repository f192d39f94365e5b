import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { SampleDrawId } from './draw-sample.job.js';

/** Draws of decisions for blind review. */
@Entity({ name: 'sample_draw' })
export class SampleDrawEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: SampleDrawId;

  @Column('timestamptz')
  since: Date;

  @Column('timestamptz')
  until: Date;

  @Column('boolean', { name: 'is_weekly' })
  isWeekly: boolean;

  /** Number of automatically published comments in the period, of which `published` were drawn; null: not drawn yet. */
  @Column('int', { name: 'published_of', nullable: true })
  publishedOf: number | null;

  @Column('int', { nullable: true })
  published: number | null;

  /** Number of automatically rejected comments in the period, of which `rejected` were drawn; null: not drawn yet. */
  @Column('int', { name: 'rejected_of', nullable: true })
  rejectedOf: number | null;

  @Column('int', { nullable: true })
  rejected: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt: Date | null;
}
