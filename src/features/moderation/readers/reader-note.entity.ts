import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId, ReaderId, SiteId } from '../../../platform/ids.js';

/** Moderators' notes about a reader; the reader never sees them. */
@Entity({ name: 'reader_note' })
export class ReaderNoteEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  text: string;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
