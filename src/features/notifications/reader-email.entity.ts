import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/** Confirmed email addresses of readers and how often they want a digest. */
@Entity({ name: 'reader_email' })
export class ReaderEmailEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  address: string;

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt: Date | null;

  @Column('text')
  delivery: 'instant' | 'daily' | 'weekly';

  @Column('timestamptz', { name: 'next_digest_at', nullable: true })
  nextDigestAt: Date | null;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;

  @Column('text')
  language: string;
}
