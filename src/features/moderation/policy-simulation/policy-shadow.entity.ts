import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Draft policies that run in shadow mode. */
@Entity({ name: 'policy_shadow' })
export class PolicyShadowEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('uuid')
  id: string;

  @Column('jsonb')
  draft: unknown;

  @Column('jsonb', { nullable: true })
  actor: unknown;

  @Column('timestamptz')
  since: Date;
}
