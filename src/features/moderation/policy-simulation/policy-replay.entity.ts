import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Replays of past comments under a draft policy. */
@Entity({ name: 'policy_replay' })
export class PolicyReplayEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('jsonb')
  draft: unknown;

  @Column('jsonb')
  live: unknown;

  @Column('int', { name: 'policy_version' })
  policyVersion: number;

  @Column('int')
  wanted: number;

  @Column('text')
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';

  @Column('uuid', { nullable: true })
  reached: string | null;

  @Column('int')
  seen: number;

  @Column('jsonb')
  tally: unknown;

  @Column('int')
  runs: number;

  @Column('jsonb', { nullable: true })
  actor: unknown;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
