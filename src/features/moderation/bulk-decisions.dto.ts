import { Answer, Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { MODERATOR_ACTIONS, type ModeratorAction } from './moderator-actions.js';
import { QueueFilterFields } from './queue-filter.dto.js';

export const BULK_STATES = ['held', 'flagged', 'appealed', 'escalated'] as const;
export const BULK_PROGRESS = ['waiting', 'applying', 'done', 'undone'] as const;

export class BulkComment {
  @Id() commentId: string;
  @Int({ min: 1, description: 'The revision that was read.' }) revision: number;
}

/** All comments in a list at the time of the request. Comments that arrive later are not included. */
export class BulkList {
  @OneOf(BULK_STATES) state: (typeof BULK_STATES)[number];
  @Nested(() => QueueFilterFields, { optional: true }) filter?: QueueFilterFields;
}

export class BulkDecisionRequest {
  @Id() site: string;
  @OneOf(MODERATOR_ACTIONS) action: ModeratorAction;
  @Text({
    optional: true,
    max: 64,
    description: "Code of one of the site's reasons. Authors see the reason's text.",
  })
  reason?: string;

  @Text({ optional: true, max: 2000, description: 'Visible to moderators only.' }) note?: string;

  @ListOf(() => BulkComment, {
    optional: true,
    minItems: 1,
    maxItems: 1000,
    description: 'The selected comments. If omitted, send `list`.',
  })
  comments?: BulkComment[];

  @Nested(() => BulkList, { optional: true, description: 'A whole list, up to 10,000 comments.' })
  list?: BulkList;
}

export class BulkDecisionAnswer {
  @Id() id: string;
  @OneOf(BULK_PROGRESS, { description: '`waiting`: not applied yet, and it can still be undone.' })
  state: string;

  @OneOf(MODERATOR_ACTIONS) action: string;
  @Text({ nullable: true }) reason: string | null;
  @Int({ min: 0 }) total: number;
  @Int({ min: 0 }) decided: number;
  @Answer(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'Number of skipped comments by the code of the problem.' },
  )
  skipped: Record<string, number>;

  @Instant() createdAt: string;
  @Instant({ description: 'It can be undone until this time and is applied afterwards.' }) dueAt: string;
  @Instant({ nullable: true }) endedAt: string | null;
}
