import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorAction } from './moderator-actions.js';
import type { BulkDecisionId, ModeratorId, SiteId } from '../../platform/ids.js';

/** Decisions about many comments, applied after a delay during which they can be undone. */
@Entity({ name: 'bulk_decision' })
export class BulkDecisionEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: BulkDecisionId;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('text', { name: 'api_caller', nullable: true })
  apiCaller: string | null;

  @Column('text')
  action: ModeratorAction;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('text')
  state: 'waiting' | 'applying' | 'done' | 'undone';

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'due_at' })
  dueAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
