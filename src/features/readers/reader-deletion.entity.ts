import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/** Accounts that will be deleted because their owners requested it. */
@Entity({ name: 'reader_deletion' })
export class ReaderDeletionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('timestamptz', { name: 'due_at' })
  dueAt: Date;
}
