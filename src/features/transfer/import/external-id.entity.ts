import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** The IDs that imported comments and stories had in their source, so that old links still work. */
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
