import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../../../platform/ids.js';

/** What a policy in shadow mode would have decided. */
@Entity({ name: 'policy_shadow_verdict' })
export class PolicyShadowVerdictEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'shadow_id' })
  shadowId: string;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @PrimaryColumn('int')
  revision: number;

  @Column('text')
  live: string;

  @Column('text')
  draft: string;

  @Column('text', { name: 'draft_rule' })
  draftRule: string;
}
