import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Imports of comments from another system and their progress. */
@Entity({ name: 'site_import' })
export class SiteImportEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  format: string;

  @Column('jsonb')
  options: unknown;

  @Column('boolean', { name: 'dry_run' })
  dryRun: boolean;

  @Column('text')
  state: 'receiving' | 'running' | 'done' | 'failed' | 'cancelled';

  @Column('text')
  step: string;

  @Column('jsonb', { nullable: true })
  cursor: unknown;

  @Column('bigint', { name: 'step_done' })
  stepDone: string;

  @Column('bigint', { name: 'step_total' })
  stepTotal: string;

  @Column('bigint')
  bytes: string;

  @Column('jsonb')
  counts: unknown;

  @Column('int')
  faults: number;

  @Column('jsonb', { nullable: true })
  failure: unknown;

  @Column('jsonb')
  principal: unknown;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'touched_at' })
  touchedAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  @Column('jsonb', { nullable: true })
  learned: unknown;

  @Column('jsonb', { name: 'stop_reason', nullable: true })
  stopReason: unknown;
}
