import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ReaderId, SiteId } from '../../platform/ids.js';

/** Readers' reactions to comments. */
@Entity({ name: 'reaction' })
export class ReactionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @PrimaryColumn('text')
  kind: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
