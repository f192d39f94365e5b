import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, EventId, SiteId, StoryId } from '../../platform/ids.js';

/** The event log, which webhooks and live updates read. */
@Entity({ name: 'event' })
export class EventEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: EventId;

  /** Increases in commit order, over all subjects. */
  @Column('bigint')
  position: string;

  @Column('text')
  type: string;

  @Column('text')
  subject: string;

  /** Number of the event within its subject, from 1. */
  @Column('int')
  sequence: number;

  @Column('uuid', { name: 'story_id', nullable: true })
  storyId: StoryId | null;

  @Column('uuid', { name: 'comment_id', nullable: true })
  commentId: CommentId | null;

  @Column('jsonb')
  payload: Record<string, unknown>;

  @Column('text', { name: 'body_thin' })
  bodyThin: string;

  @Column('text', { name: 'body_full' })
  bodyFull: string;

  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt: Date;
}
