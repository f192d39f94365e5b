import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../../../platform/ids.js';
import type { Verdict } from '../decision-rules.js';
import type { HumanOutcome } from './replay.repository.js';

/** Comments that the draft policy would have decided differently. */
@Entity({ name: 'policy_replay_difference' })
export class PolicyReplayDifferenceEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'replay_id' })
  replayId: string;

  @PrimaryColumn('uuid', { name: 'comment_id' })
  commentId: CommentId;

  @Column('int')
  revision: number;

  @Column('text')
  live: Verdict['action'];

  @Column('text')
  draft: Verdict['action'];

  @Column('text', { name: 'live_rule' })
  liveRule: string;

  @Column('text', { name: 'draft_rule' })
  draftRule: string;

  @Column('text', { nullable: true })
  people: HumanOutcome;
}
