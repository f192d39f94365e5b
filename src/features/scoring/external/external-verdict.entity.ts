import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../../../platform/ids.js';

/** Verdicts of external scorers by the hash of the request, so that a repeated request is not sent. */
@Entity({ name: 'external_verdict' })
export class ExternalVerdictEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  scorer: string;

  @PrimaryColumn('bytea', { name: 'request_hash' })
  requestHash: Buffer;

  /** The comments whose texts were in the request. */
  @Column('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId: CommentId | null;

  /** Values by the scorer's own labels. */
  @Column('jsonb')
  scores: Record<string, number>;

  @Column('text', { nullable: true })
  rule: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
