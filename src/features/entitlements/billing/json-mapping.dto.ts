import { Int, Json, Nested, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { ValidateBy } from 'class-validator';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from '../entitlement.js';
import { POINTER } from './json-values.js';

const pointerOptions = {
  max: 255,
  pattern: POINTER,
  patternMessage: '$property must be a JSON pointer like /data/id',
};
const HEADER = { max: 64, pattern: /^[A-Za-z0-9-]+$/ };

/** How a webhook is authenticated. */
export class JsonSignature {
  @OneOf(['standard-webhooks', 'hmac-sha256', 'hmac-sha1', 'hmac-sha512', 'basic', 'header'], {
    description:
      "`standard-webhooks` and `basic` (secret: name:password) need no other settings; `header` compares a header's value with the secret.",
  })
  by: 'standard-webhooks' | 'hmac-sha256' | 'hmac-sha1' | 'hmac-sha512' | 'basic' | 'header';

  @Text({
    ...HEADER,
    optional: true,
    description: 'Name of the header that holds the signature or the secret.',
  })
  header?: string;

  @Text({
    optional: true,
    max: 32,
    description: 'Text before the signature in the header, for example `sha256=`.',
  })
  prefix?: string;

  @OneOf(['hex', 'base64'], { optional: true, description: 'Encoding of the signature. Defaults to `hex`.' })
  encoding?: 'hex' | 'base64';

  @Text({
    optional: true,
    max: 64,
    description:
      'Template of the signed text: `{body}`, optionally with `{timestamp}`, for example `{timestamp}.{body}`.',
    example: '{timestamp}.{body}',
    pattern: /^(?:[^{}]|\{timestamp\})*\{body\}(?:[^{}]|\{timestamp\})*$/,
    patternMessage:
      '$property must contain {body} exactly once and may contain {timestamp}, as in {timestamp}.{body}',
  })
  signed?: string;

  @Text({
    ...HEADER,
    optional: true,
    description: 'Name of the header that holds `{timestamp}`, in Unix seconds or milliseconds.',
  })
  timestampHeader?: string;
}

const isStatusMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length <= 100 &&
  Object.entries(value).every(
    ([providerStatus, status]) =>
      providerStatus.length <= 255 && ENTITLEMENT_STATUSES.includes(status as EntitlementStatus),
  );

/** Locations of a subscription's facts in JSON of any shape, as JSON pointers (RFC 6901). */
export class JsonMapping {
  @Nested(() => JsonSignature) signature: JsonSignature;

  @Text(pointerOptions) readerKey: string;

  @TextList({
    minItems: 1,
    maxItems: 10,
    max: 255,
    description: 'JSON pointers to the prices, plans or tiers.',
  })
  plans: string[];

  @Text({
    ...pointerOptions,
    description: 'JSON pointer to the time of the event: ISO 8601, Unix seconds or milliseconds.',
  })
  time: string;

  @Text({
    ...pointerOptions,
    optional: true,
    description:
      "JSON pointer to the subscription's status. Without this setting, every webhook means `active`.",
  })
  status?: string;

  @Json(
    { type: 'object', additionalProperties: { type: 'string', enum: [...ENTITLEMENT_STATUSES] } },
    {
      optional: true,
      description:
        "Maps the provider's statuses to `active`, `trialing`, `past_due`, `cancelled` or `expired`. Use `true` and `false` as keys if the provider only sends a boolean. Statuses with the same spelling need no entry.",
    },
  )
  @ValidateBy({
    name: 'statusMap',
    validator: {
      validate: isStatusMap,
      defaultMessage: () =>
        '$property must map the provider’s statuses to active, trialing, past_due, cancelled or expired',
    },
  })
  statuses?: Record<string, EntitlementStatus>;

  @Text({ ...pointerOptions, optional: true }) validUntil?: string;
  @Text({ ...pointerOptions, optional: true }) graceUntil?: string;

  @Text({
    ...pointerOptions,
    optional: true,
    description:
      'JSON pointer to the message id, which identifies repeated messages. Without this setting, a hash of the body is used.',
  })
  id?: string;

  @Text({
    ...pointerOptions,
    optional: true,
    description:
      "JSON pointer to the provider's subscription id, needed if a reader may have several subscriptions.",
  })
  subscription?: string;

  @Text({
    ...pointerOptions,
    optional: true,
    description: 'JSON pointer to a number that increases with each change of the subscription.',
  })
  sequence?: string;

  @Text({
    ...pointerOptions,
    optional: true,
    description: 'JSON pointer to the event type, for use with `types`.',
  })
  type?: string;

  @TextList({
    optional: true,
    maxItems: 50,
    max: 255,
    description: 'Event types to process; all others are ignored.',
  })
  types?: string[];

  @Int({
    optional: true,
    min: 0,
    max: 60,
    description: 'Grace period in days for `past_due` without `graceUntil`.',
  })
  graceDays?: number;
}
