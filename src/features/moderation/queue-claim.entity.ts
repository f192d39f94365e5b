import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ModeratorId, SiteId } from '../../platform/ids.js';

/**
 * Claims: which moderator has which comment open, and until when. The table is unlogged, so a crash of the database
 * deletes them.
 */
@Entity({ name: 'queue_claim' })
export class QueueClaimEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @PrimaryColumn('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('timestamptz')
  until: Date;

  @Column('timestamptz')
  since: Date;

  @Column('text', { array: true })
  tabs: string[];
}
