import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId, SiteId, StoryId } from '../../../platform/ids.js';

/** Stories in strict mode: all comments are held, and only the named moderators decide. */
@Entity({ name: 'strict_story' })
export class StrictStoryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  /** Empty: every moderator of the site may decide. */
  @Column('uuid', { array: true })
  moderators: string[];

  /** Null: until somebody ends it. */
  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column('text')
  reason: string;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
