import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Sealed responses to requests with an Idempotency-Key, and leases of requests that are still running. */
@Entity({ name: 'idempotency_record' })
export class IdempotencyRecordEntity {
  @PrimaryColumn('text')
  caller: string;

  @PrimaryColumn('text')
  route: string;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  fingerprint: string;

  @Column('int', { nullable: true })
  status: number | null;

  @Column('text', { name: 'answer_sealed', nullable: true })
  answerSealed: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('uuid', { nullable: true })
  holder: string | null;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  @Column('text', { nullable: true })
  authority: string | null;

  @Column('uuid', { name: 'of_site', nullable: true })
  ofSite: string | null;
}
