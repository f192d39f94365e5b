import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId, StoryId } from '../../platform/ids.js';
import type { StoryState, Topic } from './story-facts.js';

/** An article with a comment section. */
@Entity({ name: 'story' })
export class StoryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: StoryId;

  @Column('text')
  key: string;

  @Column('text')
  url: string;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  section: string | null;

  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt: Date | null;

  @Column('jsonb')
  topics: Topic[];

  @Column('text')
  state: StoryState;

  @Column('jsonb', { nullable: true })
  policy: unknown;

  @Column('int', { name: 'comment_count' })
  commentCount: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column({ type: 'tsvector', name: 'search_vector', nullable: true, insert: false, update: false })
  searchVector: string | null;

  /** Closing time set by staff; null: the site's policy decides, unless the story is exempt. */
  @Column('timestamptz', { name: 'closes_at', nullable: true })
  closesAt: Date | null;

  /** Whether the site's policy does not close this story at a certain age. */
  @Column('boolean', { name: 'exempt_from_auto_close' })
  exemptFromAutoClose: boolean;

  /**
   * Where the title comes from. `path`: neither the page nor the publisher has given one, so it is the path of the
   * URL.
   */
  @Column('text', { name: 'title_source' })
  titleSource: 'path' | 'page' | 'publisher';

  /** The title sent in a visitor's request. Anyone can send any title, so only the publisher sees it. */
  @Column('text', { name: 'title_hint', nullable: true })
  titleHint: string | null;

  /** When the page was read for its title, successfully or not; null: not yet. */
  @Column('timestamptz', { name: 'title_read_at', nullable: true })
  titleReadAt: Date | null;
}
