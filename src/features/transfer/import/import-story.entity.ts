import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../../platform/ids.js';

/** Stories of an import, matched with the site's stories. */
@Entity({ name: 'import_story' })
export class ImportStoryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  /** Derived from the story's ID in the source, see `SourceRefs`. */
  @PrimaryColumn('uuid')
  ref: string;

  @Column('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('text')
  key: string;

  @Column('boolean', { name: 'is_new' })
  isNew: boolean;

  /** Number of new published comments on this story. */
  @Column('int')
  comments: number;
}
