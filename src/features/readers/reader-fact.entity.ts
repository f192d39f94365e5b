import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/**
 * When a reader's profile or deletion was last reported, and by which source, so that a late message cannot overwrite a
 * newer one.
 */
@Entity({ name: 'reader_fact' })
export class ReaderFactEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text', { name: 'reader_key' })
  readerKey: string;

  @PrimaryColumn('text')
  kind: 'profile' | 'deletion';

  @Column('text')
  source: string;

  @Column('timestamptz', { name: 'reported_at' })
  reportedAt: Date;

  @Column('bigint', { nullable: true })
  sequence: string | null;

  @Column('text', { name: 'message_id', nullable: true })
  messageId: string | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt: Date;
}
