import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** Keyed hashes of the keys of erased readers, so that a repeated message does not bring them back. */
@Entity({ name: 'erased_reader' })
export class ErasedReaderEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('bytea', { name: 'key_mac' })
  keyMac: Buffer;

  @Column('timestamptz', { name: 'erased_at' })
  erasedAt: Date;
}
