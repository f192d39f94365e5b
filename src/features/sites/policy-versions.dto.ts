import { Answer, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { OptionalBody } from '../../platform/http/validation.pipe.js';
import { PolicyAnswer } from './policy-answer.dto.js';

export class PolicyChangeQuery {
  @Text({ optional: true, max: 500, description: 'The reason for the change; stored with the version.' })
  note?: string;
  @Text({
    optional: true,
    max: 10,
    pattern: /^[1-9]\d{0,8}$/,
    patternMessage: 'expect must be the number of a version',
    description:
      'The version that the change is based on. If it is no longer the current version, the response is 409 `policy-moved-on`.',
  })
  expect?: string;
}

export class PolicyActor {
  @OneOf(['moderator', 'key', 'admin', 'system']) kind: string;
  @Text({ optional: true }) id?: string;
  @Text({ optional: true }) name?: string;
}

/** Any value that can occur in a policy. */
const ANY_JSON = { oneOf: [{ type: ['string', 'number', 'boolean', 'array', 'object', 'null'] }] };

export class PolicyDifferenceAnswer {
  @Text({ max: 512, description: 'A JSON pointer into the policy.' }) pointer: string;
  @Text({ max: 512, description: 'A readable name of the changed setting.' }) what: string;
  @Answer(ANY_JSON, { description: 'Null: not set.' }) before: unknown;
  @Answer(ANY_JSON, { description: 'Null: not set.' }) after: unknown;
  @Answer(
    { type: 'array', items: { type: 'string' } },
    { optional: true, description: 'For lists: the entries that were added.' },
  )
  added?: readonly string[];
  @Answer(
    { type: 'array', items: { type: 'string' } },
    { optional: true, description: 'For lists: the entries that were removed.' },
  )
  removed?: readonly string[];
}

export class PolicyVersionItem {
  @Int({ min: 1 }) version: number;
  @Instant() at: string;
  @Nested(() => PolicyActor, {
    nullable: true,
    description: 'Null: the version was created before the version history was introduced.',
  })
  actor: PolicyActor | null;
  @Text({ nullable: true, max: 500 }) note: string | null;
  @Int({ nullable: true, description: 'The version that this one restored.' }) restores: number | null;
  @ListOf(() => PolicyDifferenceAnswer, { description: 'Changes since the previous version.' })
  differences: PolicyDifferenceAnswer[];
}

export class PolicyVersionPage {
  @ListOf(() => PolicyVersionItem, { description: 'Newest first.' }) items: PolicyVersionItem[];
  @Text({ nullable: true }) next: string | null;
}

export class PolicyVersionAnswer extends PolicyVersionItem {
  @Nested(() => PolicyAnswer, { description: 'The complete policy.' }) policy: PolicyAnswer;
  @Answer(
    { type: 'array', items: { type: 'object', additionalProperties: true } },
    { description: 'Overrides that existed at that time. Restoring a version does not restore them.' },
  )
  overrides: Record<string, unknown>[];
}

export class PolicyComparison {
  @Int({ min: 1 }) from: number;
  @Int({ min: 1 }) to: number;
  @ListOf(() => PolicyDifferenceAnswer) differences: PolicyDifferenceAnswer[];
}

@OptionalBody()
export class RestoreRequest {
  @Text({ optional: true, max: 500, description: 'The reason for the change.' }) note?: string;
}
