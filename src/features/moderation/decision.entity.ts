import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, DecisionId, ModeratorId, SiteId } from '../../platform/ids.js';
import type { CommentStatus } from '../comments/comment-status.js';
import type { DecisionAction } from './decision.repository.js';

/** Every decision about a comment: who made it, why, and the status before and after. */
@Entity({ name: 'decision' })
export class DecisionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: DecisionId;

  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('int')
  revision: number;

  @Column('text')
  action: DecisionAction;

  @Column('text', { name: 'decided_by' })
  decidedBy: 'rule' | 'moderator';

  @Column('text', { name: 'rule_key', nullable: true })
  ruleKey: string | null;

  @Column('text', { name: 'rule_text', nullable: true })
  ruleText: string | null;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('text', { name: 'from_status' })
  fromStatus: CommentStatus;

  @Column('text', { name: 'to_status' })
  toStatus: CommentStatus;

  /** The `was…` columns hold the state of the comment before the decision, which an undo restores. */
  @Column('boolean', { name: 'was_escalated' })
  wasEscalated: boolean;

  @Column('timestamptz', { name: 'was_waiting_since', nullable: true })
  wasWaitingSince: Date | null;

  @Column('text', { name: 'was_reason', nullable: true })
  wasReason: string | null;

  /** The decision that this one undoes. */
  @Column('uuid', { nullable: true })
  reverses: DecisionId | null;

  @Column('int', { name: 'policy_version' })
  policyVersion: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('text', { name: 'reason_text', nullable: true })
  reasonText: string | null;

  @Column('text', { name: 'was_reason_text', nullable: true })
  wasReasonText: string | null;

  @Column('timestamptz', { name: 'stored_at', nullable: true })
  storedAt: Date | null;

  @Column('text', { name: 'imported_from', nullable: true })
  importedFrom: string | null;

  @Column('text', { name: 'imported_by', nullable: true })
  importedBy: string | null;
}
