import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { LastingSanction } from './sanction-tombstones.js';

/** Sanctions of erased readers, by keyed hash: a ban survives the deletion of the account. */
@Entity({ name: 'sanction_tombstone' })
export class SanctionTombstoneEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('bytea', { name: 'key_mac' })
  keyMac: Buffer;

  @Column('text')
  standing: LastingSanction;

  @Column('timestamptz', { nullable: true })
  until: Date | null;

  @Column('text', { nullable: true })
  reason: string | null;
}
