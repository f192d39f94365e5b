import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId, ReaderId, SiteId } from '../../platform/ids.js';

/** All sanctions and their ends, with who decided and why. */
@Entity({ name: 'reader_sanction' })
export class ReaderSanctionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  standing: string;

  @Column('timestamptz', { nullable: true })
  until: Date | null;

  @Column('text')
  reason: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'stored_at', nullable: true })
  storedAt: Date | null;

  @Column('text', { name: 'imported_from', nullable: true })
  importedFrom: string | null;

  @Column('text', { name: 'imported_by', nullable: true })
  importedBy: string | null;
}
