import { Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** Keyed hashes of the keys of erased readers, so that an import of an old export does not bring them back. */
@Entity({ name: 'erased_reader' })
export class ErasedReaderEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('bytea', { name: 'key_mac' })
  keyMac: Buffer;
}
