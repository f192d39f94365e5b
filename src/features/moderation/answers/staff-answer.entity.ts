import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ModeratorId, SiteId, StoryId } from '../../../platform/ids.js';

/** Who wrote each comment that staff posted as the publication. Moderators must not decide about their own comments. */
@Entity({ name: 'staff_answer' })
export class StaffAnswerEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId: CommentId | null;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;
}
