import { Bool, Json, Nested, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { GateAnswer, TierNameAnswer } from '../gate.dto.js';
import { REFUSAL_CODES } from '../gate.js';
import { GRANT_CODES, TIER_SOURCES } from './gate-reasons.js';

export class ExplanationRequest {
  @Text({
    optional: true,
    description: "The `sub` of the reader's tokens: as with a token that claims no tier.",
  })
  readerKey?: string;

  @Text({
    optional: true,
    max: 8192,
    description: 'A reader token, instead of `readerKey`: its claims count too.',
  })
  token?: string;

  @Text({ optional: true, description: 'Of which story; left out: of one without settings of its own.' })
  storyKey?: string;
}

export class ActionReasonAnswer {
  @Bool() allowed: boolean;
  @OneOf([...GRANT_CODES, ...REFUSAL_CODES]) code: string;
  @Text({ max: 1000 }) message: string;
  @TextList({ values: TIER_SOURCES, description: 'What the tier comes from; each would do alone.' })
  by: string[];
}

export class ActionReasonsAnswer {
  @Nested(() => ActionReasonAnswer) read: ActionReasonAnswer;
  @Nested(() => ActionReasonAnswer) comment: ActionReasonAnswer;
  @Nested(() => ActionReasonAnswer) reply: ActionReasonAnswer;
  @Nested(() => ActionReasonAnswer) react: ActionReasonAnswer;
  @Nested(() => ActionReasonAnswer) flag: ActionReasonAnswer;
}

export class ExplanationAnswer {
  @Nested(() => GateAnswer, { description: 'As the reader sees it.' }) gate: GateAnswer;
  @Nested(() => TierNameAnswer, { nullable: true, description: 'The tier that counts.' })
  tier: TierNameAnswer | null;
  @Nested(() => ActionReasonsAnswer) reasons: ActionReasonsAnswer;
  @Json(
    { type: 'object', additionalProperties: true },
    { description: 'Everything that it followed from, as in the log of refusals.' },
  )
  inputs: Record<string, unknown>;
}
