import { Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Authors who unsubscribed from emails about their stories, on all stories of the site. */
@Entity({ name: 'author_email_opt_out' })
export class AuthorEmailOptOutEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  address: string;
}
