import { ApiExtraModels } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import {
  Answer,
  Bool,
  Instant,
  Int,
  Json,
  ListOf,
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
  WHEN_ABSENT,
  type LabelUse,
  type LabelUses,
  type ScorerKindName,
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

export class ScorerSettings {
  @OneOf(SCORER_KINDS, {
    description:
      "`signed-http`: your own service, which follows our signed contract; `openai-moderation`: an endpoint compatible with OpenAI's moderations; `akismet`: spam detection by Akismet; `perspective`: Perspective API, or any compatible server.",
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
      'For signed-http: the secret that signs requests, generated if omitted. For other kinds: the API key. Omit it in later calls to keep it.',
  })
  secret?: string;

  @Text({
    optional: true,
    max: 100,
    description: 'For openai-moderation. Default: omni-moderation-latest.',
  })
  model?: string;

  @Url({ optional: true, description: "For akismet: your front page. Defaults to the site's first origin." })
  blog?: string;

  @Json(USES, {
    optional: true,
    nullable: true,
    description:
      "How the scorer's labels are used: `as` makes a label count as one or more of our labels; `hold` and `reject` are thresholds of the label itself. A label that is not listed is used as the kind defines, or else is shown to moderators and decides nothing. `{}` applies this to all labels.",
  })
  @ValidateBy({
    name: 'labelUses',
    validator: {
      validate: (value: unknown) => value === null || isUses(value),
      defaultMessage: () =>
        `$property must map at most ${MAX_EXTERNAL_LABELS} labels, each of at most 64 letters, digits, spaces and . _ / -, to {as?: labels of ours, hold?: 0 to 1, reject?: 0 to 1, not below hold}`,
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

  @Int({ optional: true, min: 200, max: 5_000, description: 'Timeout per comment. Default: 2000.' })
  timeoutMs?: number;

  @Int({
    optional: true,
    nullable: true,
    min: 1,
    max: 100_000_000,
    description: 'Maximum number of calls per UTC day. Default: no limit.',
  })
  callsPerDay?: number | null;

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
  @Json(USES, { description: 'The label settings currently in effect.' }) labels: LabelUses;
  @TextList() languages: string[];
  @Int() timeoutMs: number;
  @Int({ nullable: true }) callsPerDay: number | null;
  @OneOf(WHEN_ABSENT) whenAbsent: string;
  @Bool() enabled: boolean;
  @OneOf(['closed', 'open', 'half-open'], {
    description:
      '`open`: five calls in a row failed or the scorer requested a pause, so it is not called until `openUntil`; `half-open`: one comment is sent as a probe.',
  })
  circuit: string;
  @Instant({ nullable: true }) openUntil: string | null;
  @Int({ min: 0, description: 'Calls during the current UTC day.' }) callsToday: number;
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
}

export class ExternalScore {
  @Num({ min: 0, max: 1 }) value: number;
  @Answer({ type: 'array', items: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 } })
  spans: readonly (readonly [number, number])[];
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
  @Text({ nullable: true }) error: string | null;
}
