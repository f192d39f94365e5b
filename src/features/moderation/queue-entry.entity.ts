import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ReaderId, SiteId, StoryId } from '../../platform/ids.js';

/**
 * A comment that waits in the moderation queue, which is sorted by `priority`. Written only by database triggers;
 * their function `upsert_queue_entry` computes the priority.
 */
@Entity({ name: 'queue_entry' })
export class QueueEntryEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('text')
  state: 'held' | 'flagged' | 'appealed' | 'escalated';

  @Column('double precision')
  priority: number;

  @Column('timestamptz', { name: 'waiting_since' })
  waitingSince: Date;

  @Column('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('uuid', { name: 'author_id' })
  authorId: ReaderId;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { nullable: true })
  language: string | null;

  @Column('text', { nullable: true })
  rule: string | null;

  @Column('boolean', { name: 'author_is_new' })
  authorIsNew: boolean;

  @Column('text', { nullable: true })
  section: string | null;
}
