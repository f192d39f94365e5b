import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Comments of an import, in the order in which they are written. */
@Entity({ name: 'import_comment' })
export class ImportCommentEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @PrimaryColumn('uuid')
  ref: string;

  @Column('smallint')
  lane: number;

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

  @Column('int')
  replies: number;
}
