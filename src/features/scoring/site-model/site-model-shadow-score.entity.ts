import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RevisionId, SiteId } from '../../../platform/ids.js';

/** Whether a model in shadow mode would have held a comment, next to what the scores in use did. */
@Entity({ name: 'site_model_shadow_score' })
export class SiteModelShadowScoreEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'site_model_id' })
  siteModelId: string;

  @PrimaryColumn('uuid', { name: 'revision_id' })
  revisionId: RevisionId;

  @Column('boolean')
  holds: boolean;

  @Column('boolean')
  held: boolean;
}
