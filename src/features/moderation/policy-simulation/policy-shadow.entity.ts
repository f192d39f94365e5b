import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { PartialPolicy } from '../../sites/policy.js';
import type { ShadowId } from './shadow.service.js';

/** Draft policies that run in shadow mode. */
@Entity({ name: 'policy_shadow' })
export class PolicyShadowEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('uuid')
  id: ShadowId;

  @Column('jsonb')
  draft: PartialPolicy;

  @Column('jsonb', { nullable: true })
  actor: { kind: string; name?: string } | null;

  @Column('timestamptz')
  since: Date;
}
