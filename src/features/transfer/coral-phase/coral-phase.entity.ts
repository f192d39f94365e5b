import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { CoralDecision } from './coral-answer.js';

/** A site's settings as Coral's external moderation phase, and the outcome of the last requests. */
@Entity({ name: 'coral_phase' })
export class CoralPhaseEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('text', { name: 'secrets_sealed' })
  secretsSealed: string;

  @Column('int', { name: 'timeout_ms' })
  timeoutMs: number;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'last_answer_at', nullable: true })
  lastAnswerAt: Date | null;

  @Column('text', { name: 'last_answer', nullable: true })
  lastAnswer: CoralDecision['action'] | null;

  @Column('text', { name: 'last_rule', nullable: true })
  lastRule: string | null;

  @Column('timestamptz', { name: 'last_failure_at', nullable: true })
  lastFailureAt: Date | null;

  @Column('text', { name: 'last_failure', nullable: true })
  lastFailure: string | null;
}
