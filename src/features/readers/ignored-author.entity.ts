import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/** Authors whose comments a reader does not want to see. */
@Entity({ name: 'ignored_author' })
export class IgnoredAuthorEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @PrimaryColumn('uuid', { name: 'author_id' })
  authorId: ReaderId;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
