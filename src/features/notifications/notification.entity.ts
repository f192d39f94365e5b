import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ReaderId, SiteId, StoryId } from '../../platform/ids.js';
import type { NotificationId, NotificationKind } from './notification.repository.js';

/** Readers' notifications. */
@Entity({ name: 'notification' })
export class NotificationEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: NotificationId;

  @Column('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('text')
  kind: NotificationKind;

  @Column('uuid', { name: 'comment_id', nullable: true })
  commentId: CommentId | null;

  /** See `NewNotification` and `StaffNotification`. */
  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt: Date | null;

  @Column('uuid', { name: 'story_id', nullable: true })
  storyId: StoryId | null;

  @Column('text', { name: 'topic_type', nullable: true })
  topicType: string | null;

  @Column('text', { name: 'topic_key', nullable: true })
  topicKey: string | null;

  @Column('timestamptz', { name: 'emailed_at', nullable: true })
  emailedAt: Date | null;

  /** Text written by moderators, for `message` and `standing`. */
  @Column('text', { nullable: true })
  text: string | null;
}
