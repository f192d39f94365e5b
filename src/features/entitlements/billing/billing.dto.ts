import { ValidateBy } from 'class-validator';
import {
  Bool,
  Id,
  Instant,
  Int,
  Json,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
  TextList,
  Url,
} from '../../../platform/http/fields.js';
import {
  BILLING_WEBHOOK_OUTCOMES,
  type BillingWebhookOutcome as Outcome,
} from './billing-webhook-log.repository.js';
import { JsonMapping } from './json-mapping.dto.js';
import { POINTER } from './json-values.js';

const TIERS = { type: 'object', additionalProperties: { type: 'string' } };
const MAX_TIERS = 1_000;

const isTierMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length <= MAX_TIERS &&
  Object.entries(value).every(
    ([providerPlan, tierKey]) =>
      providerPlan.length <= 255 &&
      providerPlan.isWellFormed() &&
      !providerPlan.includes('\0') &&
      providerPlan !== '__proto__' &&
      typeof tierKey === 'string',
  );

export class BillingIntegrationBody {
  @Text({
    optional: true,
    max: 1024,
    description:
      'The secret that signs the webhooks, or name:password for providers that send a credential. The previous secret stays valid for another 24 hours, so that no webhook is lost during a rotation. Leave it out to keep the current secret.',
  })
  secret?: string;

  @Json(TIERS, {
    optional: true,
    description: "Maps the provider's prices, plans or products to keys of your tiers.",
  })
  @ValidateBy({
    name: 'tierMap',
    validator: {
      validate: isTierMap,
      defaultMessage: () =>
        '$property must be an object whose keys have at most 255 characters and whose values are tier keys',
    },
  })
  tiers?: Record<string, string>;

  @Text({
    optional: true,
    nullable: true,
    max: 255,
    pattern: POINTER,
    patternMessage: '$property must be a JSON pointer',
    description: "JSON pointer to the reader's key in a webhook. Defaults to the provider's usual location.",
    example: '/data/object/metadata/readerKey',
  })
  reader?: string | null;

  @Int({
    optional: true,
    min: 0,
    max: 60,
    description:
      'Grace period in days after a failed payment, used if the provider gives no end. Defaults to 0.',
  })
  graceDays?: number;

  @Url({
    optional: true,
    nullable: true,
    description: "URL of the provider's API, if it is not the usual one.",
  })
  apiUrl?: string | null;

  @Text({
    optional: true,
    max: 1024,
    description: "Key for the provider's API (Recurly). If absent, it stays unchanged.",
  })
  apiKey?: string;

  @Nested(() => JsonMapping, {
    optional: true,
    nullable: true,
    description: 'How to read a webhook; only for provider `json`.',
  })
  mapping?: JsonMapping | null;
}

export class BillingIntegrationAnswer {
  @Text() provider: string;
  @Text({ description: 'URL to which the provider sends its webhooks.' }) url: string;
  @Json(TIERS) tiers: Record<string, string>;
  @Text({
    nullable: true,
    description: "JSON pointer to the reader's key in a webhook; null for the provider's usual location.",
  })
  reader: string | null;
  @Int({ min: 0 }) graceDays: number;
  @Text({ nullable: true }) apiUrl: string | null;
  @Bool() hasApiKey: boolean;
  @Nested(() => JsonMapping, { nullable: true }) mapping: JsonMapping | null;
  @Instant({ nullable: true, description: 'Time until which the previous secret is still accepted.' })
  previousSecretValidUntil: string | null;
  @Instant() updatedAt: string;
}

export class BillingIntegrationList {
  @ListOf(() => BillingIntegrationAnswer, { description: 'Integrations, sorted by name.' })
  items: BillingIntegrationAnswer[];
}

export class BillingWebhookOutcome {
  @OneOf(BILLING_WEBHOOK_OUTCOMES, {
    description:
      '`unmapped`: accepted and logged, but the settings do not identify the reader or the tier; can be replayed later.',
  })
  outcome: Outcome;
}

export class BillingWebhookLogQuery extends PageQuery {
  @OneOf(BILLING_WEBHOOK_OUTCOMES, { optional: true, description: 'Only return webhooks with this outcome.' })
  outcome?: Outcome;
  @Text({ optional: true, max: 255, description: 'Only return webhooks about this reader.' })
  readerKey?: string;
}

export class BillingWebhookLogLine {
  @Id() id: string;
  @Instant() receivedAt: string;
  @OneOf(BILLING_WEBHOOK_OUTCOMES) outcome: Outcome;
  @Text({
    nullable: true,
    description: 'Machine-readable reason why the webhook was refused, not mapped or ignored.',
  })
  reason: string | null;
  @Text({ nullable: true, max: 1000, description: 'Human-readable explanation.' }) detail: string | null;
  @Text({ nullable: true, description: "The provider's message id, or a hash of the body." })
  messageId: string | null;
  @Text({ nullable: true }) readerKey: string | null;
  @Text({ nullable: true }) entitlementKey: string | null;
  @Bool({
    description:
      'Whether the body is stored. Bodies of unauthenticated webhooks and of erased readers are not.',
  })
  isReplayable: boolean;
  @Id({ nullable: true }) replayOf: string | null;
}

export class BillingWebhookLogPage {
  @ListOf(() => BillingWebhookLogLine) items: BillingWebhookLogLine[];
  @Text({ nullable: true }) next: string | null;
}

export class BillingWebhookLogEntry extends BillingWebhookLogLine {
  @Text({ nullable: true, max: 262_144, description: 'The body as received.' }) body: string | null;
}

export class ReplayRequest {
  @Instant({ description: 'Replay webhooks received since this time, at most 30 days ago.' }) since: string;

  @TextList({
    optional: true,
    minItems: 1,
    values: BILLING_WEBHOOK_OUTCOMES,
    description: 'Outcomes to replay. Defaults to `unmapped` and `refused`.',
  })
  outcomes?: Outcome[];
}

export class ReplayAnswer {
  @Int({ min: 0 }) replayed: number;
  @Json(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'Number of replayed webhooks, by outcome.' },
  )
  outcomes: Record<string, number>;
  @Bool({ description: 'True if more webhooks remain; repeat the request to replay them.' }) more: boolean;
}
