import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId, StoryId } from '../../platform/ids.js';

/** Stories that readers follow. */
@Entity({ name: 'followed_story' })
export class FollowedStoryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('timestamptz')
  since: Date;
}
