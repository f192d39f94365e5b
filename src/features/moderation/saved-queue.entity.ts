import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId, SavedQueueId, SiteId } from '../../platform/ids.js';
import type { QueueFilter } from './queue-filter.js';
import type { QueueSort, QueueState } from './queue-states.js';

/** Saved queues: a list, sort order and filter under a name. */
@Entity({ name: 'saved_queue' })
export class SavedQueueEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: SavedQueueId;

  @Column('text')
  name: string;

  @Column('text')
  state: QueueState;

  @Column('text')
  sort: QueueSort;

  @Column('jsonb')
  filter: QueueFilter;

  @Column('int', { name: 'target_minutes', nullable: true })
  targetMinutes: number | null;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
