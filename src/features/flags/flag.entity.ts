import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, DecisionId, ReaderId, SiteId } from '../../platform/ids.js';
import type { FlagReason } from './flag-reasons.js';

/** Reports of comments by readers and visitors. */
@Entity({ name: 'flag' })
export class FlagEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  /** Null for a flag by a visitor. */
  @Column('uuid', { name: 'reader_id', nullable: true })
  readerId: ReaderId | null;

  @Column('text')
  reason: FlagReason;

  @Column('text', { nullable: true })
  detail: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;

  /** The decision that closed the flag; undoing it reopens the flag. */
  @Column('uuid', { name: 'closed_by', nullable: true })
  closedBy: DecisionId | null;

  /** Keyed hash of the visitor's network and browser, different for each comment; null for a flag by a reader. */
  @Column('text', { nullable: true })
  visitor: string | null;
}
