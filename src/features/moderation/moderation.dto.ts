import {
  Answer,
  Id,
  Instant,
  ListOf,
  Nested,
  Num,
  OneOf,
  PageQuery,
  Text,
} from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import { CommentDto } from '../comments/comments.dto.js';
import { MODERATOR_ACTIONS, type ModeratorAction } from './moderator-actions.js';
import { QUEUE_SORTS, QUEUE_STATES, type QueueSort, type QueueState } from './queue-states.js';

const STANDINGS = ['warned', 'suspended', 'banned', 'pre-moderated', 'trusted', 'normal'] as const;
export type WantedStanding = (typeof STANDINGS)[number];

const object = (properties: Record<string, unknown>): Record<string, unknown> => ({
  type: 'object',
  properties,
});
const orNull = (schema: Record<string, unknown>): Record<string, unknown> => ({
  oneOf: [schema, { type: 'null' }],
});
const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const instant = { type: 'string', format: 'date-time' };
const person = object({ id: { type: 'string', format: 'uuid' }, name: text });

export class SiteQuery {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;
}

export class QueueRequest extends PageQuery {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;

  @OneOf(QUEUE_STATES, { optional: true, description: '`held` by default.' }) state?: QueueState;
  @OneOf(QUEUE_SORTS, { optional: true, description: '`risk` by default.' }) sort?: QueueSort;
}

export class DecisionRequest {
  @Id() commentId: string;
  @Num({ min: 1, max: 2147483647, description: 'The text that was read.' }) revision: number;
  @OneOf(MODERATOR_ACTIONS) action: ModeratorAction;
  @Text({ optional: true, max: 64, description: "A code of the site's reasons; the author reads its text." })
  reason?: string;

  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}

export class DecisionsRequest {
  @ListOf(() => DecisionRequest, { minItems: 1, maxItems: 100 }) decisions: DecisionRequest[];
}

export class DecisionResult {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES, { optional: true }) status?: string;
  @Id({ optional: true }) decisionId?: string;
  @Answer({ type: 'object' }, { optional: true, description: 'The problem, in place of the other two.' })
  error?: Record<string, unknown>;
}

export class DecisionsAnswer {
  @ListOf(() => DecisionResult, { description: 'In the order of the request.' }) results: DecisionResult[];
}

export class UndoAnswer {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Id({ description: 'The reversing decision.' }) decisionId: string;
}

export class QueueItem {
  @Nested(() => CommentDto) comment: CommentDto;
  @Answer(object({ id: text, key: text, title: text, url: text, section: textOrNull })) story: {
    id: string;
    key: string;
    title: string;
    url: string;
    section: string | null;
  };

  @Answer(orNull(object({ id: text, author: orNull(object({ name: text })), body: textOrNull })))
  parent: { id: string; author: { name: string } | null; body: string | null } | null;

  @Answer(
    orNull(
      object({
        id: text,
        name: text,
        tier: orNull(object({ key: text, name: text })),
        role: text,
        standing: text,
        standingUntil: textOrNull,
        since: instant,
        history: { type: 'object', additionalProperties: { type: 'integer' } },
      }),
    ),
    { description: 'The record is over the latest 1,000 comments.' },
  )
  author: Record<string, unknown> | null;

  @Answer(
    { type: 'object' },
    { description: '{label: {value, spans: [[start, end]]}}, UTF-16 offsets into the body.' },
  )
  scores: Record<string, { value: number; spans: [number, number][] }>;

  @Answer({ type: 'object' }, { description: '{label: {hold, reject?}} of the policy that counts now.' })
  thresholds: Record<string, { hold: number; reject?: number }>;

  @Answer(orNull(object({ key: text, text })), { description: 'The latest rule that decided.' })
  rule: { key: string; text: string } | null;

  @Answer(object({ count: { type: 'integer' }, reasons: { type: 'object' } }), { description: 'Open flags.' })
  flags: { count: number; reasons: Record<string, number> };

  @Answer(orNull(object({ id: text, text, createdAt: instant })), { description: 'The open one.' })
  appeal: { id: string; text: string; createdAt: string } | null;

  @Answer({ type: 'array', items: person }) lookingAt: { id: string; name: string }[];
  @Instant() waitingSince: string;

  @Answer(
    orNull(
      object({
        id: text,
        action: text,
        by: text,
        moderator: orNull(person),
        reason: textOrNull,
        createdAt: instant,
        undoableUntil: textOrNull,
      }),
    ),
  )
  lastDecision: Record<string, unknown> | null;
}

export class QueuePage {
  @ListOf(() => QueueItem) items: QueueItem[];
  @Answer(textOrNull) next: string | null;
}

export class CommentDetail extends QueueItem {
  @Answer({ type: 'array', items: object({ number: { type: 'integer' }, body: text, createdAt: instant }) })
  revisions: Record<string, unknown>[];

  @Answer({ type: 'array', items: { type: 'object' } }) decisions: Record<string, unknown>[];
  @Answer({ type: 'array', items: { type: 'object' } }) flagItems: Record<string, unknown>[];
  @Answer({ type: 'array', items: { type: 'object' } }) events: Record<string, unknown>[];
  @Answer({ type: 'array', items: { type: 'object' } }) appeals: Record<string, unknown>[];
}

export class CountsAnswer {
  @Answer(
    {
      type: 'object',
      additionalProperties: object({ count: { type: 'integer' }, oldest: textOrNull }),
    },
    { description: 'By state; published and rejected of the last 24 hours. Counting ends at 10,000.' },
  )
  counts: Record<QueueState, { count: number; oldest: string | null }>;
}

export class ReasonItem {
  @Text() code: string;
  @Text() label: string;
  @Text({ max: 500, description: 'What the author reads.' }) text: string;
}

export class ReasonsAnswer {
  @ListOf(() => ReasonItem) items: ReasonItem[];
}

export class LookingAnswer {
  @Answer({ type: 'array', items: person }) lookingAt: { id: string; name: string }[];
}

export class StandingRequest {
  @OneOf(STANDINGS) standing: WantedStanding;
  @Instant({ optional: true, nullable: true, description: 'Left out: without an end.' }) until?:
    string | null;
  @Text({ max: 500 }) reason: string;
  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}

export class StandingAnswer {
  @Id() id: string;
  @Text() name: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) until: string | null;
  @Text({ nullable: true }) reason: string | null;
}

export class AppealRequest {
  @Text({
    max: 5000,
    pattern: /\S/,
    patternMessage: 'text must not be blank',
    description: 'Why it should be read again.',
  })
  text: string;
}

export class AppealAnswer {
  @Id() id: string;
  @Id() commentId: string;
  @OneOf(['open', 'upheld', 'overturned']) state: string;
  @Instant() createdAt: string;
}
