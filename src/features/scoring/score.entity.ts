import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RevisionId, SiteId } from '../../platform/ids.js';

/** Scores of a revision, one row per label. */
@Entity({ name: 'score' })
export class ScoreEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'revision_id' })
  revisionId: RevisionId;

  @PrimaryColumn('text')
  label: string;

  @Column('double precision')
  value: number;

  @Column('jsonb')
  spans: unknown;
}
