import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AppealId, CommentId, DecisionId, SiteId } from '../../platform/ids.js';

/** Authors' appeals against decisions. */
@Entity({ name: 'appeal' })
export class AppealEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: AppealId;

  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('int')
  revision: number;

  @Column('text')
  text: string;

  @Column('text')
  state: 'open' | 'upheld' | 'overturned';

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  /** The decision that closed it. */
  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: DecisionId | null;
}
