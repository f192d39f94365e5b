import { Bool, Json, Nested, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { GateAnswer, TierNameAnswer } from '../gate.dto.js';
import { REFUSAL_CODES } from '../gate.js';
import { GRANT_CODES, TIER_SOURCES } from './gate-reasons.js';

export class ExplanationRequest {
  @Text({
    optional: true,
    description: "The `sub` of the reader's tokens. Evaluated like a token that claims no tier.",
  })
  readerKey?: string;

  @Text({
    optional: true,
    max: 8192,
    description: 'A reader token, instead of `readerKey`. Its claims are taken into account.',
  })
  token?: string;

  @Text({
    optional: true,
    description: 'Key of the story. If absent, a story without settings of its own is assumed.',
  })
  storyKey?: string;
}

export class ActionReasonAnswer {
  @Bool() allowed: boolean;
  @OneOf([...GRANT_CODES, ...REFUSAL_CODES]) code: string;
  @Text({ max: 1000 }) message: string;
  @TextList({ values: TIER_SOURCES, description: 'Sources that each grant the tier on their own.' })
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
  @Nested(() => GateAnswer, { description: 'The gate as the reader sees it.' }) gate: GateAnswer;
  @Nested(() => TierNameAnswer, { nullable: true, description: 'The effective tier; null if none.' })
  tier: TierNameAnswer | null;
  @Nested(() => ActionReasonsAnswer) reasons: ActionReasonsAnswer;
  @Json(
    { type: 'object', additionalProperties: true },
    { description: 'All inputs of the gate, as in the refusal log.' },
  )
  inputs: Record<string, unknown>;
}
