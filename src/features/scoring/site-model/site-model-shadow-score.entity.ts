import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RevisionId, SiteId } from '../../../platform/ids.js';

/** What a model in shadow would have said, beside what was decided. */
@Entity({ name: 'site_model_shadow_score' })
export class SiteModelShadowScoreEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'site_model_id' })
  siteModelId: string;

  @PrimaryColumn('uuid', { name: 'revision_id' })
  revisionId: RevisionId;

  @Column('jsonb')
  scores: unknown;

  @Column('boolean')
  holds: boolean;

  @Column('boolean')
  held: boolean;
}
