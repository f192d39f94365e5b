import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RevisionId, SiteId } from '../../../platform/ids.js';

/** The outcome of each external scorer's call for a revision, for moderators. The scores are in `score`. */
@Entity({ name: 'external_answer' })
export class ExternalAnswerEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'revision_id' })
  revisionId: RevisionId;

  @PrimaryColumn('text')
  scorer: string;

  @Column('text')
  name: string;

  @Column('text')
  outcome: string;

  @Column('int', { name: 'duration_ms' })
  durationMs: number;

  /** The rule that the scorer cites and its reason, as plain text. */
  @Column('text', { nullable: true })
  rule: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'answered_at' })
  answeredAt: Date;
}
