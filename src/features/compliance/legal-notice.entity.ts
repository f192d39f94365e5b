import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, DecisionId, LegalNoticeId, ModeratorId, SiteId } from '../../platform/ids.js';

export const LEGAL_NOTICE_STATES = ['open', 'removed', 'no-action'] as const;
export type LegalNoticeState = (typeof LEGAL_NOTICE_STATES)[number];

/** Notices that a comment is illegal (Digital Services Act, Article 16). */
@Entity({ name: 'legal_notice' })
export class LegalNoticeEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: LegalNoticeId;

  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  /** Random. Anyone who knows it can read the decision and erase the notifier's data. */
  @Column('text')
  reference: string;

  @Column('text')
  reason: string;

  /** Null once purged. */
  @Column('text', { nullable: true })
  explanation: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  /** Language of the emails to the notifier, ISO 639-1. */
  @Column('text')
  language: string;

  @Column('text')
  state: LegalNoticeState;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  /** API key that decided. */
  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;

  /** Null if the notice was decided without a new decision about the comment. */
  @Column('uuid', { name: 'decision_id', nullable: true })
  decisionId: DecisionId | null;

  /** Visible to moderators only. */
  @Column('text', { nullable: true })
  note: string | null;
}
