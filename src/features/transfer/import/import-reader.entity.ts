import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../../platform/ids.js';

/** A reader in an imported file, and the site's reader that it became or already was. */
@Entity({ name: 'import_reader' })
export class ImportReaderEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @PrimaryColumn('uuid')
  ref: string;

  @Column('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  key: string;

  @Column('boolean', { name: 'is_new' })
  isNew: boolean;

  @Column('boolean', { name: 'is_erased' })
  isErased: boolean;

  /** Number of new published comments by this reader. */
  @Column('int')
  published: number;

  /** Number of new rejected comments by this reader. */
  @Column('int')
  rejected: number;
}
