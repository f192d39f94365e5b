import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, DecisionId, SiteId } from '../../../platform/ids.js';

/** A decision drawn for blind review. The draw itself is a row of `sample_draw`. */
@Entity({ name: 'sample' })
export class SampleEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'draw_id' })
  drawId: string;

  @Column('uuid', { name: 'decision_id' })
  decisionId: DecisionId;

  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('int')
  revision: number;

  @Column('text')
  outcome: 'publish' | 'reject';

  @Column('text', { name: 'rule_key' })
  ruleKey: string;

  @Column('jsonb')
  scores: Record<string, number>;

  /** Number of people who should review it: 1 or 2. */
  @Column('int', { name: 'required_reviews' })
  requiredReviews: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
