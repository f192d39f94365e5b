import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Comments of an import, in the order in which they are written. */
@Entity({ name: 'import_comment' })
export class ImportCommentEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  /** Derived from the comment's ID in the source, see `SourceRefs`. */
  @PrimaryColumn('uuid')
  ref: string;

  @Column('smallint')
  lane: number;

  /** Depth in the thread; 0 for a top-level comment. Parents are written before their replies. */
  @Column('int')
  level: number;

  @Column('uuid')
  id: string;

  @Column('uuid', { name: 'story_ref' })
  storyRef: string;

  @Column('uuid', { name: 'author_ref' })
  authorRef: string;

  @Column('uuid', { name: 'answers_id', nullable: true })
  answersId: string | null;

  @Column('uuid', { name: 'top_id', nullable: true })
  topId: string | null;

  @Column('text')
  status: string;

  @Column('boolean', { name: 'is_new' })
  isNew: boolean;

  /** Number of new published replies at any depth. */
  @Column('int')
  replies: number;
}
