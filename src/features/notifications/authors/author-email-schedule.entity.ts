import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../../platform/ids.js';

/** When the next email to a story's authors is due, and when the first and the last one were sent. */
@Entity({ name: 'author_email_schedule' })
export class AuthorEmailScheduleEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt: Date | null;

  @Column('timestamptz', { name: 'first_at', nullable: true })
  firstAt: Date | null;

  @Column('timestamptz', { name: 'last_at', nullable: true })
  lastAt: Date | null;
}
