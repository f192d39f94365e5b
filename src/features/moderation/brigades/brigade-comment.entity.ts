import { Entity, PrimaryColumn } from 'typeorm';
import type { BrigadeId, CommentId, SiteId } from '../../../platform/ids.js';

/** The comments of a brigade, in any status. */
@Entity({ name: 'brigade_comment' })
export class BrigadeCommentEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'brigade_id' })
  brigadeId: BrigadeId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;
}
