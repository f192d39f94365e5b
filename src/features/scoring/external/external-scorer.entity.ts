import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { LabelUses, ScorerKindName, ScorerOptions, WhenAbsent } from './external-scorer.js';

/** External scorers of a site, and the state of their circuit breakers. */
@Entity({ name: 'external_scorer' })
export class ExternalScorerEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  kind: ScorerKindName;

  @Column('text')
  name: string;

  @Column('text')
  url: string;

  @Column('text', { name: 'secrets_sealed' })
  secretsSealed: string;

  @Column('jsonb')
  options: ScorerOptions;

  /** Overrides the defaults of the kind. */
  @Column('jsonb', { nullable: true })
  labels: LabelUses | null;

  @Column('text', { array: true })
  languages: string[];

  @Column('int', { name: 'timeout_ms' })
  timeoutMs: number;

  @Column('int', { name: 'calls_per_day', nullable: true })
  callsPerDay: number | null;

  @Column('int', { name: 'calls_per_month', nullable: true })
  callsPerMonth: number | null;

  @Column('boolean', { name: 'send_context' })
  sendContext: boolean;

  @Column('boolean', { name: 'is_shadow' })
  isShadow: boolean;

  @Column('text', { name: 'when_absent' })
  whenAbsent: WhenAbsent;

  @Column('boolean')
  enabled: boolean;

  @Column('int')
  failures: number;

  @Column('timestamptz', { name: 'open_until', nullable: true })
  openUntil: Date | null;

  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt: Date | null;

  @Column('timestamptz', { name: 'last_failure_at', nullable: true })
  lastFailureAt: Date | null;

  @Column('text', { name: 'last_failure', nullable: true })
  lastFailure: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
