import { Answer, Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { MODERATOR_ACTIONS, type ModeratorAction } from './moderator-actions.js';
import { QueueFilterFields } from './queue-filter.dto.js';

export const BULK_STATES = ['held', 'flagged', 'appealed', 'escalated'] as const;
export const BULK_PROGRESS = ['waiting', 'applying', 'done', 'undone'] as const;

export class BulkComment {
  @Id() commentId: string;
  @Int({ min: 1, description: 'The text that was read.' }) revision: number;
}

/** What the list shows at this moment; what arrives later is not in it. */
export class BulkList {
  @OneOf(BULK_STATES) state: (typeof BULK_STATES)[number];
  @Nested(() => QueueFilterFields, { optional: true }) filter?: QueueFilterFields;
}

export class BulkDecisionRequest {
  @Id() site: string;
  @OneOf(MODERATOR_ACTIONS) action: ModeratorAction;
  @Text({ optional: true, max: 64, description: "A code of the site's reasons; the authors read its text." })
  reason?: string;

  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;

  @ListOf(() => BulkComment, {
    optional: true,
    minItems: 1,
    maxItems: 1000,
    description: 'Comments that were picked; else `list`.',
  })
  comments?: BulkComment[];

  @Nested(() => BulkList, { optional: true, description: 'A whole list, up to 10,000 comments.' })
  list?: BulkList;
}

export class BulkDecisionAnswer {
  @Id() id: string;
  @OneOf(BULK_PROGRESS, { description: '`waiting`: nobody has heard of it yet, and it can be undone.' })
  state: string;

  @OneOf(MODERATOR_ACTIONS) action: string;
  @Text({ nullable: true }) reason: string | null;
  @Int({ min: 0 }) total: number;
  @Int({ min: 0 }) decided: number;
  @Answer(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'How many were passed over, by why: the code of the refusal.' },
  )
  passedOver: Record<string, number>;

  @Instant() createdAt: string;
  @Instant({ description: 'Until then it can be undone; then it is carried out.' }) dueAt: string;
  @Instant({ nullable: true }) endedAt: string | null;
}
