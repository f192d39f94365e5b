import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../../../platform/ids.js';
import type { PartialPolicy, Policy } from '../../sites/policy.js';
import type { ReplayId } from './replay-policy.job.js';
import type { ReplayState, Tally } from './replay.repository.js';

/** Replays of past comments under a draft policy. */
@Entity({ name: 'policy_replay' })
export class PolicyReplayEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: ReplayId;

  @Column('jsonb')
  draft: PartialPolicy;

  /** The effective policy when the replay began. */
  @Column('jsonb')
  live: Policy;

  @Column('int', { name: 'policy_version' })
  policyVersion: number;

  /** Number of latest comments to replay. */
  @Column('int', { name: 'max_comments' })
  maxComments: number;

  @Column('text')
  state: ReplayState;

  /** The last comment that was replayed; older ones follow. Null: none yet. */
  @Column('uuid', { nullable: true })
  reached: CommentId | null;

  /** Number of comments replayed so far. */
  @Column('int')
  seen: number;

  @Column('jsonb')
  tally: Tally;

  /** How often the replay was cancelled, resumed or failed. Part of the ids of its jobs. */
  @Column('int')
  runs: number;

  @Column('jsonb', { nullable: true })
  actor: { kind: string; name?: string } | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
