import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { CalibrationId } from './calibrate-comment.job.js';
import type { Thresholds } from './calibration.repository.js';
import type { ScorerRef } from './scorer-ref.js';

/** Comparisons of two scorers on new comments, from which thresholds can be adopted. */
@Entity({ name: 'calibration' })
export class CalibrationEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: CalibrationId;

  @Column('text', { name: 'from_scorer' })
  fromScorer: ScorerRef;

  @Column('text', { name: 'from_name' })
  fromName: string;

  @Column('text', { name: 'to_scorer' })
  toScorer: ScorerRef;

  @Column('text', { name: 'to_name' })
  toName: string;

  /** Scores from which the first scorer holds a comment. */
  @Column('jsonb')
  thresholds: Thresholds;

  @Column('int', { name: 'max_comments' })
  maxComments: number;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt: Date;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  /** Null while it is running, and also if its time has run out. */
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  /** Number of comments for which both scorers returned a score for every compared label. */
  @Column('int')
  comments: number;

  @Column('int', { name: 'from_absent' })
  fromAbsent: number;

  @Column('int', { name: 'to_absent' })
  toAbsent: number;

  @Column('int', { name: 'adopted_version', nullable: true })
  adoptedVersion: number | null;

  @Column('timestamptz', { name: 'adopted_at', nullable: true })
  adoptedAt: Date | null;
}
