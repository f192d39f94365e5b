import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../platform/ids.js';

/** New comments per minute and story; kept for two days. */
@Entity({ name: 'comment_minute' })
export class CommentMinuteEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('timestamptz')
  minute: Date;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('int')
  comments: number;
}
