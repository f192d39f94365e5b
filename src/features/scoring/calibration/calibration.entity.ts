import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Comparisons of two scorers, from start to the adoption of thresholds. */
@Entity({ name: 'calibration' })
export class CalibrationEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'from_scorer' })
  fromScorer: string;

  @Column('text', { name: 'from_name' })
  fromName: string;

  @Column('text', { name: 'to_scorer' })
  toScorer: string;

  @Column('text', { name: 'to_name' })
  toName: string;

  @Column('jsonb')
  thresholds: unknown;

  @Column('int', { name: 'max_comments' })
  maxComments: number;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt: Date;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

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
