import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId, SiteId } from '../../platform/ids.js';

/** What a person may do on a site, and on which of its sections. */
@Entity({ name: 'moderator_role' })
export class ModeratorRoleEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('text')
  role: 'viewer' | 'moderator' | 'admin' | 'owner';

  @Column('timestamptz')
  since: Date;

  @Column('text', { array: true, nullable: true })
  sections: string[] | null;
}
