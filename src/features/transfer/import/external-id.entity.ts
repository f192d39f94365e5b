import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Ids that imported comments and stories had before, for links that lead to them. */
@Entity({ name: 'external_id' })
export class ExternalIdEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  kind: 'comment' | 'story';

  @PrimaryColumn('text')
  source: string;

  @PrimaryColumn('text', { name: 'external_id' })
  externalId: string;

  @Column('uuid')
  id: string;
}
