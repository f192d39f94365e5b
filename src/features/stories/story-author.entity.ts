import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../platform/ids.js';

/** The email address of one of a story's authors, who are notified of new comments. */
@Entity({ name: 'story_author' })
export class StoryAuthorEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'story_id' })
  storyId: StoryId;

  @PrimaryColumn('text')
  address: string;

  @Column('timestamptz')
  since: Date;
}
