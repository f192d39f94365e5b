import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Jobs that are not yet in their queue on another server; written in the transaction of the change that needs them. */
@Entity({ name: 'outbox_job' })
export class OutboxJobEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'job_id' })
  jobId: string;

  @Column('jsonb')
  payload: object;

  @Column('bigint', { name: 'delay_ms' })
  delayMs: string;

  @Column('timestamptz', { name: 'added_at' })
  addedAt: Date;
}
