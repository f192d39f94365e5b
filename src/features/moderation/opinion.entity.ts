import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ModeratorId, SiteId } from '../../platform/ids.js';
import type { Leaning } from './opinions.service.js';

/** Second opinions of moderators about a comment. */
@Entity({ name: 'opinion' })
export class OpinionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @PrimaryColumn('int')
  revision: number;

  @PrimaryColumn('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('text')
  leaning: Leaning;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
