import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, RevisionId, SiteId } from '../../platform/ids.js';

/** A version of a comment's text. Each edit adds one. */
@Entity({ name: 'revision' })
export class RevisionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: RevisionId;

  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('int')
  number: number;

  @Column('text')
  body: string;

  @Column('text')
  html: string;

  @Column('text')
  fingerprint: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
