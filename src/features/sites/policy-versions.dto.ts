import { Answer, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { OptionalBody } from '../../platform/http/validation.pipe.js';
import { PolicyAnswer } from './policy-answer.dto.js';

export class PolicyChangeQuery {
  @Text({ optional: true, max: 500, description: 'Why; kept with the version.' }) note?: string;
  @Text({
    optional: true,
    max: 10,
    pattern: /^[1-9]\d{0,8}$/,
    patternMessage: 'expect must be the number of a version',
    description:
      'The version that the change was made from; where another one counts by now it is a 409 `policy-moved-on`.',
  })
  expect?: string;
}

export class PolicyActor {
  @OneOf(['moderator', 'key', 'admin', 'system']) kind: string;
  @Text({ optional: true }) id?: string;
  @Text({ optional: true }) name?: string;
}

/** Whatever stands at that place of a policy. */
const ANY_JSON = { oneOf: [{ type: ['string', 'number', 'boolean', 'array', 'object', 'null'] }] };

export class PolicyDifferenceAnswer {
  @Text({ max: 512, description: 'A JSON pointer into the policy.' }) pointer: string;
  @Text({ max: 512, description: 'The same in words.' }) what: string;
  @Answer(ANY_JSON, { description: 'null: not set.' }) before: unknown;
  @Answer(ANY_JSON, { description: 'null: not set.' }) after: unknown;
  @Answer(
    { type: 'array', items: { type: 'string' } },
    { optional: true, description: 'Of a list: what came.' },
  )
  added?: readonly string[];
  @Answer(
    { type: 'array', items: { type: 'string' } },
    { optional: true, description: 'Of a list: what went.' },
  )
  removed?: readonly string[];
}

export class PolicyVersionItem {
  @Int({ min: 1 }) version: number;
  @Instant() at: string;
  @Nested(() => PolicyActor, { nullable: true, description: 'null: made before versions were kept.' })
  actor: PolicyActor | null;
  @Text({ nullable: true, max: 500 }) note: string | null;
  @Int({ nullable: true, description: 'The version that this one brought back.' }) restores: number | null;
  @ListOf(() => PolicyDifferenceAnswer, { description: 'From the version before.' })
  differences: PolicyDifferenceAnswer[];
}

export class PolicyVersionPage {
  @ListOf(() => PolicyVersionItem, { description: 'The newest first.' }) items: PolicyVersionItem[];
  @Text({ nullable: true }) next: string | null;
}

export class PolicyVersionAnswer extends PolicyVersionItem {
  @Nested(() => PolicyAnswer, { description: 'Complete.' }) policy: PolicyAnswer;
  @Answer(
    { type: 'array', items: { type: 'object', additionalProperties: true } },
    { description: 'Overrides that stood then; they are not brought back with a version.' },
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
  @Text({ optional: true, max: 500, description: 'Why.' }) note?: string;
}
