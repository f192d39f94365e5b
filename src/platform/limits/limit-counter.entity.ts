import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Counters of rate limits. Unlogged: a crash resets them. */
@Entity({ name: 'limit_counter' })
export class LimitCounterEntity {
  @PrimaryColumn('text')
  key: string;

  @Column('timestamptz', { name: 'window_ends_at' })
  windowEndsAt: Date;

  @Column('int')
  hits: number;
}
