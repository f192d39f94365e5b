import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** The uploaded file of an import, in chunks; deleted once it has been read. */
@Entity({ name: 'import_chunk' })
export class ImportChunkEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @PrimaryColumn('int')
  number: number;

  @Column('bytea')
  bytes: Buffer;
}
