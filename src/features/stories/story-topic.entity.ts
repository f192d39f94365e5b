import { Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../platform/ids.js';

/** Which topics each story is about. */
@Entity({ name: 'story_topic' })
export class StoryTopicEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  @PrimaryColumn('text')
  type: string;

  @PrimaryColumn('text')
  key: string;
}
