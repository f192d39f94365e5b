import { Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { Person } from './moderation.dto.js';
import { QueueFilterFields } from './queue-filter.dto.js';
import { QUEUE_SORTS, QUEUE_STATES, type QueueSort, type QueueState } from './queue-states.js';

const NAME = { max: 60, pattern: /\S/, patternMessage: 'name must not be blank' };
const WAITING_TARGET = { optional: true, nullable: true, min: 1, max: 43_200 };

export class SavedQueueRequest {
  @Id() site: string;
  @Text(NAME) name: string;
  @OneOf(QUEUE_STATES, { name: 'QueueState' }) state: QueueState;
  @OneOf(QUEUE_SORTS, {
    optional: true,
    name: 'QueueSort',
    description: "Defaults to `risk`, as described for the queue's own parameter `sort`.",
  })
  sort?: QueueSort;
  @Nested(() => QueueFilterFields, { optional: true }) filter?: QueueFilterFields;
  @Int({ ...WAITING_TARGET, description: 'Maximum waiting time of the oldest comment, as a target.' })
  targetMinutes?: number | null;
}

export class SavedQueueChange {
  @Text({ ...NAME, optional: true }) name?: string;
  @OneOf(QUEUE_STATES, { optional: true, name: 'QueueState' }) state?: QueueState;
  @OneOf(QUEUE_SORTS, { optional: true, name: 'QueueSort' }) sort?: QueueSort;
  @Nested(() => QueueFilterFields, { optional: true, description: 'Replaces the whole filter.' })
  filter?: QueueFilterFields;

  @Int({ ...WAITING_TARGET, description: 'Null removes the target.' }) targetMinutes?: number | null;
}

export class SavedQueueAnswer {
  @Id() id: string;
  @Id() site: string;
  @Text() name: string;
  @OneOf(QUEUE_STATES, { name: 'QueueState' }) state: QueueState;
  @OneOf(QUEUE_SORTS, { name: 'QueueSort' }) sort: QueueSort;
  @Nested(() => QueueFilterFields) filter: QueueFilterFields;
  @Int({ nullable: true, description: 'Maximum waiting time of the oldest comment, as a target.' })
  targetMinutes: number | null;
  @Nested(() => Person, { nullable: true, description: 'The person who created it.' }) by: Person | null;
  @Instant() createdAt: string;
  @Int({ min: 0 }) count: number;
  @Instant({ nullable: true, description: 'When the oldest comment began to wait.' }) oldest: string | null;
}

export class SavedQueuesAnswer {
  @ListOf(() => SavedQueueAnswer) items: SavedQueueAnswer[];
}
