import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, RevisionId, SiteId } from '../../../platform/ids.js';

/** Scores of both scorers for the comments of a comparison. */
@Entity({ name: 'calibration_score' })
export class CalibrationScoreEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'calibration_id' })
  calibrationId: string;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('uuid', { name: 'revision_id' })
  revisionId: RevisionId;

  @Column('jsonb', { name: 'from_scores', nullable: true })
  fromScores: unknown;

  @Column('jsonb', { name: 'to_scores', nullable: true })
  toScores: unknown;

  @Column('text', { name: 'from_absent', nullable: true })
  fromAbsent: string | null;

  @Column('text', { name: 'to_absent', nullable: true })
  toAbsent: string | null;
}
