import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, ReaderId, SiteId, StoryId } from '../../platform/ids.js';
import type { CommentStatus } from './comment-status.js';

/** A comment: its story and thread, its author, its status and its counters. */
@Entity({ name: 'comment' })
export class CommentEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: CommentId;

  @Column('uuid', { name: 'story_id' })
  storyId: StoryId;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId: CommentId | null;

  /** The top-level comment of its thread; null for a top-level comment. */
  @Column('uuid', { name: 'root_id', nullable: true })
  rootId: CommentId | null;

  @Column('uuid', { name: 'author_id' })
  authorId: ReaderId;

  /** Key of the author's effective tier when the comment was written. */
  @Column('text', { name: 'author_tier', nullable: true })
  authorTier: string | null;

  @Column('text')
  status: CommentStatus;

  @Column('int')
  revision: number;

  /** Whether everyone sees it, with the text of `shownRevision`. */
  @Column('boolean')
  visible: boolean;

  /** The revision that others see or last saw; null if it was never visible. */
  @Column('int', { name: 'shown_revision', nullable: true })
  shownRevision: number | null;

  /** Visible replies at any depth. */
  @Column('int', { name: 'reply_count' })
  replyCount: number;

  /** Counts by kind; kinds without reactions are absent. */
  @Column('jsonb')
  reactions: Record<string, number>;

  @Column('int', { name: 'reaction_count' })
  reactionCount: number;

  /** Open flags only. */
  @Column('int', { name: 'flag_count' })
  flagCount: number;

  @Column('boolean')
  escalated: boolean;

  /** How close it came to being held, see `riskOf`. */
  @Column('real')
  risk: number;

  /** How good it is for its length, 0 to 1; null: not scored. */
  @Column('real', { nullable: true })
  quality: number | null;

  /** The quality by the shipped head; null unless `quality` is by the site's picks model. */
  @Column('real', { name: 'shipped_quality', nullable: true })
  shippedQuality: number | null;

  /** Since when it has been waiting for a moderator; null if it is not. */
  @Column('timestamptz', { name: 'waiting_since', nullable: true })
  waitingSince: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** Reason code of a rejection or removal. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'pending_since', nullable: true })
  pendingSince: Date | null;

  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt: Date | null;

  @Column('timestamptz', { name: 'picked_at', nullable: true })
  pickedAt: Date | null;

  @Column('timestamptz', { name: 'pinned_at', nullable: true })
  pinnedAt: Date | null;

  @Column('text', { nullable: true })
  language: string | null;

  /** Language of the page on which it was written, ISO 639-1; null: unknown. */
  @Column('text', { name: 'page_language', nullable: true })
  pageLanguage: string | null;

  /** The explanation that its author is shown for a hold, rejection or removal. */
  @Column('text', { name: 'reason_text', nullable: true })
  reasonText: string | null;
}
