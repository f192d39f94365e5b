import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Authors who unsubscribed from emails about their stories. */
@Entity({ name: 'author_email_opt_out' })
export class AuthorEmailOptOutEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  address: string;

  @Column('timestamptz', { name: 'stopped_at' })
  stoppedAt: Date;
}
