import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { PolicyVersionItem } from './policy-versions.dto.js';
import type { PartialPolicy } from './policy.js';

/** A version of a site's policy, with the overrides that existed at that time. */
@Entity({ name: 'policy_version' })
export class PolicyVersionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('int')
  version: number;

  @Column('jsonb')
  policy: PartialPolicy;

  @Column('jsonb')
  overrides: Record<string, unknown>[];

  @Column('jsonb', { nullable: true })
  actor: PolicyVersionItem['actor'];

  @Column('text', { nullable: true })
  note: string | null;

  /** The version that this one restored; null: it is an ordinary change. */
  @Column('int', { nullable: true })
  restores: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
