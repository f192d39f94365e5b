import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import type { Delivery } from './reader-email.repository.js';

/** Where and how often readers want notifications by email. */
@Entity({ name: 'reader_email' })
export class ReaderEmailEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  address: string;

  /** Null: not confirmed, so only the confirmation email may be sent to the address. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt: Date | null;

  @Column('text')
  delivery: Delivery;

  @Column('timestamptz', { name: 'next_digest_at', nullable: true })
  nextDigestAt: Date | null;

  /** BCP 47 language tag of the emails. */
  @Column('text')
  language: string;
}
