import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { EntitlementStatus } from '../entitlement.js';

/** Organisations whose members share seats of a tier. */
@Entity({ name: 'organisation' })
export class OrganisationEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  name: string;

  @Column('int')
  seats: number;

  @Column('text')
  tier: string;

  @Column('text')
  status: EntitlementStatus;

  @Column('timestamptz', { name: 'valid_until', nullable: true })
  validUntil: Date | null;

  @Column('timestamptz', { name: 'grace_until', nullable: true })
  graceUntil: Date | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
