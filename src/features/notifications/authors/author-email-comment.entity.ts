import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId, StoryId } from '../../../platform/ids.js';

/** Comments that a story's authors are emailed about. Stored for a while, so that no comment is emailed twice. */
@Entity({ name: 'author_email_comment' })
export class AuthorEmailCommentEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('timestamptz', { name: 'emailed_at', nullable: true })
  emailedAt: Date | null;
}
