import { ApiExtraModels } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import {
  Answer,
  Bool,
  Instant,
  Int,
  Json,
  ListOf,
  Nested,
  Num,
  OneOf,
  Text,
  TextList,
  Url,
} from '../../../platform/http/fields.js';
import { LABELS } from '../scores.js';
import {
  MAX_EXTERNAL_LABELS,
  OUTCOMES,
  SCORER_KINDS,
  EXTERNAL_LABEL,
  RESPONSE_FORMATS,
  WHEN_ABSENT,
  type LabelUse,
  type LabelUses,
  type ScorerKindName,
  type ScorerOptions,
  type WhenAbsent,
} from './external-scorer.js';

const USES = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    properties: {
      as: { type: 'array', items: { type: 'string', enum: [...LABELS] } },
      hold: { type: 'number', minimum: 0, maximum: 1 },
      reject: { type: 'number', minimum: 0, maximum: 1 },
    },
    additionalProperties: false,
  },
};

const isValue = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

function isUse(use: unknown): use is LabelUse {
  if (typeof use !== 'object' || use === null || Array.isArray(use)) return false;
  const { as, hold, reject, ...rest } = use as Record<string, unknown>;
  return (
    Object.keys(rest).length === 0 &&
    (as === undefined ||
      (Array.isArray(as) && as.every((label) => (LABELS as readonly unknown[]).includes(label)))) &&
    (hold === undefined || isValue(hold)) &&
    (reject === undefined || isValue(reject)) &&
    (hold === undefined || reject === undefined || (hold as number) <= (reject as number))
  );
}

const isUses = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length <= MAX_EXTERNAL_LABELS &&
  Object.entries(value).every(([label, use]) => EXTERNAL_LABEL.test(label) && isUse(use));

export class ScoreBand {
  @Num({ min: 0, max: 1, description: 'Inclusive. 0: every text below `to`.' }) from: number;
  @Num({ min: 0, max: 1, description: 'Exclusive, above `from`.' }) to: number;
}

export class ScorerSettings {
  @OneOf(SCORER_KINDS, {
    description:
      "`signed-http`: your own service, which follows our signed contract; `openai-moderation`: an endpoint compatible with OpenAI's moderations; `akismet`: spam detection by Akismet; `perspective`: Perspective API, or any compatible server; `chat`: a chat model behind an endpoint compatible with OpenAI's chat completions, which judges by your own rules.",
  })
  kind: ScorerKindName;

  @Text({ optional: true, max: 60, description: 'Name shown to moderators. Defaults to the key.' })
  name?: string;

  @Url({ optional: true, description: 'Endpoint of the scorer. Defaults to the usual one of its kind.' })
  url?: string;

  @Text({
    optional: true,
    max: 1024,
    description:
      'For signed-http: the secret that signs requests, generated if omitted. For other kinds: the API key, which `chat` does not need if the server asks for none. Omit it in later calls to keep it.',
  })
  secret?: string;

  @Text({
    optional: true,
    max: 100,
    description:
      'For openai-moderation (default: omni-moderation-latest) and for chat, where it is required.',
  })
  model?: string;

  @Url({ optional: true, description: "For akismet: your front page. Defaults to the site's first origin." })
  blog?: string;

  @Text({
    optional: true,
    max: 20_000,
    description: 'For chat, required: the rules by which it judges comments, in your own words.',
  })
  rules?: string;

  @Nested(() => ScoreBand, {
    optional: true,
    description:
      "For chat: it is called only if the highest score of the local model for the policy's labels is in this band and no other local rule holds or rejects the comment, or if it alone supports the language. Default: 0.3 to 0.9.",
  })
  band?: ScoreBand;

  @Bool({
    optional: true,
    description:
      'For chat: whether a confident verdict that no rule is violated publishes a comment that the local model would hold for `toxicity`, `insult` or `profanity` with scores below the end of the band. Default: false.',
  })
  mayRelease?: boolean;

  @OneOf(RESPONSE_FORMATS, {
    optional: true,
    description:
      'For chat: `json-schema` (default) sends `response_format` and repeats the request without it if the server rejects it; `none` never sends it.',
  })
  responseFormat?: ScorerOptions['responseFormat'];

  @Int({
    optional: true,
    min: 16,
    max: 4_000,
    description: 'For chat: the maximum length of an answer, with any reasoning of the model. Default: 500.',
  })
  maxTokens?: number;

  @Bool({
    optional: true,
    description:
      'For signed-http, perspective and chat: whether the parent comment and the title of the story are sent too. Default: false.',
  })
  sendContext?: boolean;

  @Bool({
    optional: true,
    description:
      'Shadow mode: it is called and its scores are stored and shown, but no decision depends on it. Default: false.',
  })
  isShadow?: boolean;

  @Json(USES, {
    optional: true,
    nullable: true,
    description:
      "How the scorer's labels are used: `as` makes a label count as one or more of our labels; `hold` and `reject` are thresholds of the label itself. A label that is not listed is used as the kind defines, or else is shown to moderators and decides nothing. With `{}` no label is listed.",
  })
  @ValidateBy({
    name: 'labelUses',
    validator: {
      validate: (value: unknown) => value === null || isUses(value),
      defaultMessage: () =>
        `$property must map at most ${MAX_EXTERNAL_LABELS} labels, each of at most 64 letters, digits, spaces and . _ / -, to {as?: labels, hold?: 0 to 1, reject?: 0 to 1, not below hold}`,
    },
  })
  labels?: LabelUses | null;

  @TextList({
    optional: true,
    maxItems: 50,
    min: 2,
    max: 2,
    description:
      'Languages (ISO 639-1) that it supports. A comment in one of them counts as scored if the scorer responded.',
  })
  languages?: string[];

  @Int({
    optional: true,
    min: 200,
    max: 5_000,
    description: 'Timeout per comment. Default: 2000; for chat 4000.',
  })
  timeoutMs?: number;

  @Int({
    optional: true,
    nullable: true,
    min: 1,
    max: 100_000_000,
    description: 'Maximum number of calls per UTC day. Default: no limit.',
  })
  callsPerDay?: number | null;

  @Int({
    optional: true,
    nullable: true,
    min: 1,
    max: 1_000_000_000,
    description: 'Maximum number of calls per UTC month. Default: no limit.',
  })
  callsPerMonth?: number | null;

  @OneOf(WHEN_ABSENT, {
    optional: true,
    description:
      "What happens to a comment that it did not score: `hold` (default), or `go-on` to decide by the local model's scores.",
  })
  whenAbsent?: WhenAbsent;

  @Bool({ optional: true, description: 'Whether the scorer is called. Default: true.' }) enabled?: boolean;
}

export class ScorerAnswer {
  @Text() key: string;
  @OneOf(SCORER_KINDS) kind: string;
  @Text() name: string;
  @Text({ max: 2048 }) url: string;
  @Text({ nullable: true }) model: string | null;
  @Text({ nullable: true, max: 2048 }) blog: string | null;
  @Text({ nullable: true, max: 20_000 }) rules: string | null;
  @Nested(() => ScoreBand, { nullable: true, description: 'The band currently in effect.' })
  band: ScoreBand | null;
  @Bool({ nullable: true }) mayRelease: boolean | null;
  @OneOf(RESPONSE_FORMATS, { nullable: true }) responseFormat: string | null;
  @Int({ nullable: true }) maxTokens: number | null;
  @Bool() sendContext: boolean;
  @Bool() isShadow: boolean;
  @Json(USES, { description: 'The label settings currently in effect.' }) labels: LabelUses;
  @TextList() languages: string[];
  @Int() timeoutMs: number;
  @Int({ nullable: true }) callsPerDay: number | null;
  @Int({ nullable: true }) callsPerMonth: number | null;
  @OneOf(WHEN_ABSENT) whenAbsent: string;
  @Bool() enabled: boolean;
  @OneOf(['closed', 'open', 'half-open'], {
    description:
      '`open`: five calls in a row failed or the scorer requested a pause, so it is not called until `openUntil`; `half-open`: one comment is sent as a probe.',
  })
  circuit: string;
  @Instant({ nullable: true }) openUntil: string | null;
  @Int({ min: 0, description: 'Calls during the current UTC day.' }) callsToday: number;
  @Int({ min: 0, description: 'Calls during the current UTC month.' }) callsThisMonth: number;
  @Instant({ nullable: true, description: 'Accurate to the minute.' }) lastSuccessAt: string | null;
  @Instant({ nullable: true }) lastFailureAt: string | null;
  @Text({ nullable: true }) lastFailure: string | null;
  @Instant() createdAt: string;
  @Instant() updatedAt: string;
}

export class PutScorerAnswer extends ScorerAnswer {
  @Text({
    optional: true,
    description: 'Present only if this call generated it. It is not shown again.',
    example: 'whsec_…',
  })
  secret?: string;
}

export class ScorerList {
  @ListOf(() => ScorerAnswer) items: ScorerAnswer[];
}

export class RotatedScorerSecret {
  @Text() key: string;
  @Text({ description: 'It is not shown again.', example: 'whsec_…' }) secret: string;
  @Instant({ description: 'Until then requests are also signed with the previous secret.' })
  previousUntil: string;
}

export class ScorerTrial {
  @Text({ max: 5_000, description: 'Any text. It is not posted as a comment.' }) text: string;

  @Text({
    optional: true,
    max: 500,
    description: 'The title of the story, sent if the scorer has `sendContext`.',
  })
  title?: string;

  @Text({
    optional: true,
    max: 5_000,
    description: 'The parent comment, sent if the scorer has `sendContext`.',
  })
  parent?: string;
}

export class ExternalScore {
  @Num({ min: 0, max: 1 }) value: number;
  @Answer({ type: 'array', items: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 } })
  spans: readonly (readonly [number, number])[];
}

export class ScorerExplanation {
  @Text({ nullable: true, description: 'The rule that it cites; null if it cites none.' }) rule:
    string | null;
  @Text({ nullable: true, max: 500 }) reason: string | null;
}

@ApiExtraModels(ExternalScore)
export class ScorerTrialAnswer {
  @OneOf(OUTCOMES) outcome: string;
  @Int({ min: 0 }) durationMs: number;
  @Int({ nullable: true, description: 'The HTTP status.' }) status: number | null;
  @Answer({
    type: ['object', 'null'],
    additionalProperties: { $ref: '#/components/schemas/ExternalScore' },
    description: "Scores by the scorer's own labels.",
  })
  scores: Record<string, ExternalScore> | null;
  @Nested(() => ScorerExplanation, { nullable: true, description: 'Only by chat.' })
  explanation: ScorerExplanation | null;
  @Text({ nullable: true }) error: string | null;
}
