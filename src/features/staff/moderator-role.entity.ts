import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorRole } from '../../platform/auth/principal.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';

/** A person's role on a site, and the sections that it is limited to. */
@Entity({ name: 'moderator_role' })
export class ModeratorRoleEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('text')
  role: ModeratorRole;

  @Column('timestamptz')
  since: Date;

  @Column('text', { array: true, nullable: true })
  sections: string[] | null;
}
