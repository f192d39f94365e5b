import { EVENT_TYPES } from './event-types.js';

export type EventType = (typeof EVENT_TYPES)[number];

/** The subset of JSON Schema 2020-12 that events need. */
export interface EventSchema {
  readonly [keyword: string]: unknown;
}

/**
 * One version of an event type. Adding optional members does not change the version; any other change increments it.
 */
export interface EventDescription {
  readonly type: EventType;
  readonly version: number;
  readonly about: string;
  /** Schema of the whole body. */
  readonly schema: EventSchema;
  readonly example: Readonly<Record<string, unknown>>;
}

const text = { type: 'string' };
const id = { type: 'string', format: 'uuid' };
const time = { type: 'string', format: 'date-time' };
const orNull = (schema: EventSchema): EventSchema => ({ anyOf: [schema, { type: 'null' }] });
const object = (properties: Record<string, EventSchema>, optional: readonly string[] = []): EventSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const STATUSES = ['pending', 'published', 'held', 'rejected', 'removed', 'deleted'];
/** Present only in the bodies of `full` endpoints, and not for a comment that its author deleted. */
const FULL_ONLY_FIELDS = ['body', 'html', 'author', 'scores'];

const tierName = object({ key: text, name: text });
const comment = object(
  {
    id,
    storyKey: text,
    parentId: orNull(id),
    readerKey: text,
    status: { type: 'string', enum: STATUSES },
    revision: { type: 'integer' },
    body: text,
    html: text,
    author: object({
      id,
      name: text,
      picture: orNull(text),
      tier: orNull(tierName),
      role: { type: 'string', enum: ['reader', 'staff', 'author'] },
    }),
    scores: {
      type: 'object',
      additionalProperties: object({
        value: { type: 'number' },
        spans: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
      }),
    },
  },
  FULL_ONLY_FIELDS,
);
const decision = object(
  { id, by: { type: 'string', enum: ['rule', 'moderator'] }, rule: text, reason: text },
  ['rule', 'reason'],
);
const appeal = object({ id, state: text });
const reader = object({ id, readerKey: text, standing: text, until: orNull(time), reason: orNull(text) }, [
  'readerKey',
  'standing',
  'until',
  'reason',
]);
const story = object({ id, key: text, url: text, title: text, state: text }, ['url', 'title', 'state']);
const OPTIONAL_ORIGIN_KEYS = ['kind', 'grantedBy'];
const originFields = {
  kind: { type: 'string', enum: ['subscription', 'trial', 'gift', 'seat'] },
  grantedBy: orNull(text),
};
const entitlementState = object(
  {
    tier: text,
    status: { type: 'string', enum: ['active', 'trialing', 'past_due', 'cancelled', 'expired'] },
    validUntil: orNull(time),
    graceUntil: orNull(time),
    ...originFields,
  },
  OPTIONAL_ORIGIN_KEYS,
);
const entitlement = object(
  {
    readerKey: text,
    key: text,
    tier: text,
    status: { type: 'string', enum: ['active', 'trialing', 'past_due', 'cancelled', 'expired', 'deleted'] },
    validUntil: orNull(time),
    graceUntil: orNull(time),
    ...originFields,
    source: text,
    previous: orNull(entitlementState),
  },
  OPTIONAL_ORIGIN_KEYS,
);

const EXAMPLE_ID = '01997f3a-5c1e-7d20-9b0e-3f6a2c8d4e10';
const EXAMPLE_COMMENT = {
  id: '01997f3a-4b7a-7a31-8f22-6d1c9e0b7a55',
  storyKey: 'story-4711',
  parentId: null,
  readerKey: 'reader-4711',
  status: 'published',
  revision: 1,
};
const BY_RULE = { id: '01997f3a-5c11-7c88-a1d3-0e5b7f9a2c44', by: 'rule', rule: 'all-clear' };
const BY_MODERATOR = { id: BY_RULE.id, by: 'moderator', reason: 'off-topic' };
const EXAMPLE_READER = {
  id: '01997f3a-3f00-7b10-8c55-9a7e1d2c3b66',
  readerKey: 'reader-4711',
  standing: 'suspended',
  until: '2026-12-01T00:00:00.000Z',
  reason: 'A word of warning.',
};
const EXAMPLE_STORY = {
  id: '01997f3a-2e00-7d41-9e77-1b2c3d4e5f60',
  key: 'story-4711',
  url: 'https://daily.example/story-4711',
  title: 'The headline',
  state: 'open',
};

/** The member `data` of an event type. */
interface EventData {
  readonly about: string;
  readonly schema: EventSchema;
  readonly example: Readonly<Record<string, unknown>>;
}

const commentEventData = (
  about: string,
  status: string,
  options: { decision?: object; optional?: readonly string[]; flag?: object } = {},
): EventData => ({
  about,
  schema: object(
    {
      comment,
      ...(options.decision ? { decision } : {}),
      ...(options.flag ? { flag: object({ reason: text, openFlags: { type: 'integer' } }) } : {}),
    },
    options.optional,
  ),
  example: {
    comment: { ...EXAMPLE_COMMENT, status },
    ...(options.decision ? { decision: options.decision } : {}),
    ...(options.flag ? { flag: options.flag } : {}),
  },
});
const appealEventData = (about: string, state: string, withDecision: boolean): EventData => ({
  about,
  schema: object({ comment, appeal, ...(withDecision ? { decision } : {}) }),
  example: {
    comment: { ...EXAMPLE_COMMENT, status: withDecision ? 'published' : 'removed' },
    appeal: { id: EXAMPLE_ID, state },
    ...(withDecision ? { decision: { id: BY_RULE.id, by: 'moderator' } } : {}),
  },
});
const readerEventData = (about: string, standing: string, until: string | null = null): EventData => ({
  about,
  schema: object({ reader }),
  example: { reader: { ...EXAMPLE_READER, standing, until } },
});
const storyEventData = (about: string, state: string): EventData => ({
  about,
  schema: object({ story }),
  example: { story: { ...EXAMPLE_STORY, state } },
});

const EVENT_DATA: Readonly<Record<EventType, EventData>> = {
  'comment.submitted': commentEventData('A reader submitted a comment, which waits to be scored.', 'pending'),
  'comment.published': commentEventData('The comment was published. Everybody can see it.', 'published', {
    decision: BY_RULE,
  }),
  'comment.held': commentEventData('The comment waits for a moderator.', 'held', {
    decision: { id: BY_RULE.id, by: 'rule', rule: 'score-toxicity' },
    optional: ['decision'],
  }),
  'comment.rejected': commentEventData('The comment was rejected before it was published.', 'rejected', {
    decision: BY_MODERATOR,
  }),
  'comment.removed': commentEventData('The comment was published and has now been removed.', 'removed', {
    decision: BY_MODERATOR,
  }),
  'comment.restored': commentEventData('The comment is published again.', 'published', {
    decision: { id: BY_RULE.id, by: 'moderator' },
  }),
  'comment.edited': commentEventData(
    'The author edited the comment. The new text is scored again.',
    'pending',
  ),
  'comment.deleted': commentEventData(
    'The author deleted the comment. Its text is no longer shown or sent to anybody.',
    'deleted',
  ),
  'comment.flagged': commentEventData('A reader flagged the comment.', 'published', {
    flag: { reason: 'spam', openFlags: 1 },
  }),
  'appeal.opened': appealEventData('The author appealed against a decision.', 'open', false),
  'appeal.decided': appealEventData('A moderator decided an appeal.', 'overturned', true),
  'reader.warned': readerEventData('A moderator warned a reader.', 'warned'),
  'reader.suspended': readerEventData(
    'A reader was suspended and may not participate until the given time.',
    'suspended',
    EXAMPLE_READER.until,
  ),
  'reader.banned': readerEventData('A reader was banned and may not participate.', 'banned'),
  'reader.reinstated': readerEventData('A reader may participate again.', 'normal'),
  'reader.erased': {
    about: 'All personal data of a reader was deleted.',
    schema: object({ reader }),
    example: { reader: { id: EXAMPLE_READER.id, readerKey: EXAMPLE_READER.readerKey } },
  },
  'entitlement.changed': {
    about: "A reader's entitlement to a tier started, changed or ended.",
    schema: object({ entitlement }),
    example: {
      entitlement: {
        readerKey: 'reader-4711',
        key: 'stripe:sub_1QdF2e',
        tier: 'insider-gold',
        status: 'active',
        validUntil: '2026-12-31T00:00:00.000Z',
        graceUntil: null,
        kind: 'subscription',
        grantedBy: null,
        source: 'stripe',
        previous: null,
      },
    },
  },
  'story.created': storyEventData('A story was created. It can have comments from now on.', 'open'),
  'story.closed': storyEventData('A story was closed. Nobody can comment on it any more.', 'closed'),
  'story.reopened': storyEventData('A closed story is open for comments again.', 'open'),
  'story.brigading_detected': {
    about:
      'Unusually many new accounts commented on a story, or posted nearly the same text (`kind`). Their comments are held. Sent once for each group, with the number of accounts at that time.',
    schema: object({
      story,
      brigade: object({
        id,
        kind: { type: 'string', enum: ['story', 'text'] },
        readers: { type: 'integer' },
        minutes: { type: 'integer' },
      }),
    }),
    example: {
      story: EXAMPLE_STORY,
      brigade: { id: EXAMPLE_ID, kind: 'story', readers: 9, minutes: 10 },
    },
  },
  'webhook.test': {
    about: 'Somebody sent a test event to this endpoint only.',
    schema: object({ endpoint: object({ id }) }),
    example: { endpoint: { id: EXAMPLE_ID } },
  },
};

/** All event types with schema and example, in the order of `EVENT_TYPES`. */
export const EVENT_DESCRIPTIONS: readonly EventDescription[] = EVENT_TYPES.map((type) => {
  const { about, schema, example } = EVENT_DATA[type];
  return {
    type,
    version: 1,
    about,
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      ...object({
        id,
        type: { const: type },
        timestamp: time,
        site: id,
        sequence: { type: 'integer' },
        data: schema,
      }),
    },
    example: {
      id: EXAMPLE_ID,
      type,
      timestamp: '2026-11-24T09:30:00.000Z',
      site: '01997f00-0000-7c00-8a00-0a1b2c3d4e5f',
      sequence: 2,
      data: example,
    },
  };
});
