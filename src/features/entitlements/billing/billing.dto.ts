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
    ([theirs, ours]) =>
      theirs.length <= 255 &&
      theirs.isWellFormed() &&
      !theirs.includes('\0') &&
      theirs !== '__proto__' &&
      typeof ours === 'string',
  );

export class BillingIntegrationBody {
  @Text({
    optional: true,
    max: 1024,
    description:
      'What signs the pushes, or name:password for those that send a credential. The secret before counts for ' +
      'another 24 hours, so that a rotation loses nothing. Left out: the one in use stays.',
  })
  secret?: string;

  @Json(TIERS, {
    optional: true,
    description: "The provider's price, plan or product → the key of one of your tiers.",
  })
  @ValidateBy({
    name: 'tierMap',
    validator: {
      validate: isTierMap,
      defaultMessage: () => '$property must map names of at most 255 characters to tier keys',
    },
  })
  tiers?: Record<string, string>;

  @Text({
    optional: true,
    nullable: true,
    max: 255,
    pattern: POINTER,
    patternMessage: '$property must be a JSON pointer',
    description:
      "Where the reader's key stands in a push, as a JSON pointer; else the provider's usual place.",
    example: '/data/object/metadata/readerKey',
  })
  reader?: string | null;

  @Int({
    optional: true,
    min: 0,
    max: 60,
    description:
      'Days for which a failed payment is waited for where the provider names no end; 0 when left out.',
  })
  graceDays?: number;

  @Url({ optional: true, nullable: true, description: "The provider's API, where it is not the usual one." })
  apiUrl?: string | null;

  @Text({ optional: true, max: 1024, description: "For the provider's API (Recurly). Left out: it stays." })
  apiKey?: string;

  @Nested(() => JsonMapping, {
    optional: true,
    nullable: true,
    description: 'Of provider json: how a push is read.',
  })
  mapping?: JsonMapping | null;
}

export class BillingIntegrationAnswer {
  @Text() provider: string;
  @Text({ description: 'Where the provider pushes to.' }) url: string;
  @Json(TIERS) tiers: Record<string, string>;
  @Text({ nullable: true, description: "Where the reader's key stands." }) reader: string | null;
  @Int({ min: 0 }) graceDays: number;
  @Text({ nullable: true }) apiUrl: string | null;
  @Bool() hasApiKey: boolean;
  @Nested(() => JsonMapping, { nullable: true }) mapping: JsonMapping | null;
  @Instant({ nullable: true, description: 'Until when the secret before still counts.' })
  previousSecretValidUntil: string | null;
  @Instant() updatedAt: string;
}

export class BillingIntegrationList {
  @ListOf(() => BillingIntegrationAnswer, { description: 'By name.' }) items: BillingIntegrationAnswer[];
}

export class BillingWebhookOutcome {
  @OneOf(BILLING_WEBHOOK_OUTCOMES, {
    description:
      '`unmapped`: taken and logged, but the settings do not say whose or which subscription it is; replay it later.',
  })
  outcome: Outcome;
}

export class BillingWebhookLogQuery extends PageQuery {
  @OneOf(BILLING_WEBHOOK_OUTCOMES, { optional: true, description: 'Only those with this outcome.' })
  outcome?: Outcome;
  @Text({ optional: true, max: 255, description: 'Only of this reader.' }) readerKey?: string;
}

export class BillingWebhookLogLine {
  @Id() id: string;
  @Instant() receivedAt: string;
  @OneOf(BILLING_WEBHOOK_OUTCOMES) outcome: Outcome;
  @Text({ nullable: true, description: 'For programs: why it was refused, not mapped or ignored.' }) reason:
    string | null;
  @Text({ nullable: true, max: 1000, description: 'For people.' }) detail: string | null;
  @Text({ nullable: true, description: "The message's own id, or what its bytes are known by." })
  messageId: string | null;
  @Text({ nullable: true }) readerKey: string | null;
  @Text({ nullable: true }) entitlementKey: string | null;
  @Bool({
    description:
      'Whether its body is kept: those that nobody signed have none, nor those of readers who were forgotten.',
  })
  isReplayable: boolean;
  @Id({ nullable: true }) replayOf: string | null;
}

export class BillingWebhookLogPage {
  @ListOf(() => BillingWebhookLogLine) items: BillingWebhookLogLine[];
  @Text({ nullable: true }) next: string | null;
}

export class BillingWebhookLogEntry extends BillingWebhookLogLine {
  @Text({ nullable: true, max: 262_144, description: 'As it came.' }) body: string | null;
}

export class ReplayRequest {
  @Instant({ description: 'At most 30 days back.' }) since: string;

  @TextList({
    optional: true,
    minItems: 1,
    values: BILLING_WEBHOOK_OUTCOMES,
    description: 'Which ones; unmapped and refused when left out.',
  })
  outcomes?: Outcome[];
}

export class ReplayAnswer {
  @Int({ min: 0 }) replayed: number;
  @Json(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'How many, by outcome.' },
  )
  outcomes: Record<string, number>;
  @Bool({ description: 'Whether some are left: ask again.' }) more: boolean;
}
