import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BrigadeId, ModeratorId, SiteId, StoryId } from '../../../platform/ids.js';

export type BrigadeKind = 'story' | 'text';

/** Many new accounts that commented on one story, or posted nearly the same text, in a short time. */
@Entity({ name: 'brigade' })
export class BrigadeEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: BrigadeId;

  @Column('text')
  kind: BrigadeKind;

  /** For `text`, the story of the comment whose decision detected the brigade. */
  @Column('uuid', { name: 'story_id' })
  storyId: StoryId;

  /** Length of the window in which it was detected. */
  @Column('int')
  minutes: number;

  /** Time of the first comment. */
  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  /** Time of the latest comment, to within a few seconds. */
  @Column('timestamptz', { name: 'last_at' })
  lastAt: Date;

  /** When a moderator dismissed it, because it is not a brigade. */
  @Column('timestamptz', { name: 'dismissed_at', nullable: true })
  dismissedAt: Date | null;

  /** Until this time, no comment is held because of this story or text. */
  @Column('timestamptz', { name: 'dismissed_until', nullable: true })
  dismissedUntil: Date | null;

  /** Who dismissed it. */
  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;
}
