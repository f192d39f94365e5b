import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../ids.js';
import type { MailId } from './email.js';
import type { MailState } from './mailbox.js';

/** Emails that wait to be sent, and those that were sent, kept because no SMTP server is configured, or failed. */
@Entity({ name: 'mail' })
export class MailEntity {
  @Column('uuid', { name: 'site_id', nullable: true })
  siteId: SiteId | null;

  @PrimaryColumn('uuid')
  id: MailId;

  @Column('text')
  key: string;

  @Column('text')
  address: string;

  @Column('text', { name: 'content_sealed', nullable: true })
  contentSealed: string | null;

  @Column('text')
  state: MailState;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'left_at', nullable: true })
  leftAt: Date | null;
}
