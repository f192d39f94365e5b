import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BulkDecisionId, CommentId, DecisionId, SiteId } from '../../platform/ids.js';

/** The comments of a bulk decision and the result for each. */
@Entity({ name: 'bulk_item' })
export class BulkItemEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'bulk_id' })
  bulkId: BulkDecisionId;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('int')
  revision: number;

  /** `decided`, `undone`, `failed`, or the code of the problem because of which it was skipped; null: not applied yet. */
  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('uuid', { name: 'decision_id', nullable: true })
  decisionId: DecisionId | null;

  /** Number of decisions by people when the comment was selected; null: unknown. */
  @Column('int', { name: 'decision_count', nullable: true })
  decisionCount: number | null;
}
