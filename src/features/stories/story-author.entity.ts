import { Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../platform/ids.js';

/** Email addresses of a story's authors, who are notified of new comments. */
@Entity({ name: 'story_author' })
export class StoryAuthorEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  @PrimaryColumn('text')
  address: string;
}
