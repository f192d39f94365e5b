import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { SiteId } from '../ids.js';

/**
 * Events that are not handled yet: written in the transaction of the change that they announce, deleted when handled.
 */
@Entity({ name: 'outbox' })
export class OutboxEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('text')
  type: string;

  @Column('text')
  subject: string;

  @Column('jsonb')
  payload: unknown;

  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt: Date;

  @Column('int')
  attempts: number;

  @Column('timestamptz', { name: 'failed_at', nullable: true })
  failedAt: Date | null;

  @Column('timestamptz', { name: 'retry_at', nullable: true })
  retryAt: Date | null;

  @Column('text', { nullable: true })
  error: string | null;
}
