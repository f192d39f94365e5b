import { Int, Json, Nested, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { ValidateBy } from 'class-validator';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from '../entitlement.js';
import { POINTER } from './json-values.js';

const isPointer = {
  max: 255,
  pattern: POINTER,
  patternMessage: '$property must be a JSON pointer like /data/id',
};
const HEADER = { max: 64, pattern: /^[A-Za-z0-9-]+$/ };

/** How a push proves where it comes from. */
export class JsonSignature {
  @OneOf(['standard-webhooks', 'hmac-sha256', 'hmac-sha1', 'hmac-sha512', 'basic', 'header'], {
    description:
      '`standard-webhooks` and `basic` (secret: name:password) need nothing more; `header`: a header whose value is the secret.',
  })
  by: 'standard-webhooks' | 'hmac-sha256' | 'hmac-sha1' | 'hmac-sha512' | 'basic' | 'header';

  @Text({ ...HEADER, optional: true, description: 'Which header holds the signature or the secret.' })
  header?: string;

  @Text({ optional: true, max: 32, description: 'What stands before the signature, such as `sha256=`.' })
  prefix?: string;

  @OneOf(['hex', 'base64'], { optional: true, description: 'hex when left out.' })
  encoding?: 'hex' | 'base64';

  @Text({
    optional: true,
    max: 64,
    description: 'What is signed: `{body}`, or with `{timestamp}` such as `{timestamp}.{body}`.',
    example: '{timestamp}.{body}',
    pattern: /^(?:[^{}]|\{timestamp\})*\{body\}(?:[^{}]|\{timestamp\})*$/,
    patternMessage: '$property must hold {body} once, and may hold {timestamp}, as in {timestamp}.{body}',
  })
  signed?: string;

  @Text({
    ...HEADER,
    optional: true,
    description: 'Which header holds `{timestamp}`, in Unix seconds or milliseconds.',
  })
  timestampHeader?: string;
}

const isStatusMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length <= 100 &&
  Object.entries(value).every(
    ([theirs, ours]) => theirs.length <= 255 && ENTITLEMENT_STATUSES.includes(ours as EntitlementStatus),
  );

/** Where in a push of any JSON the facts of a subscription stand; places are JSON pointers (RFC 6901). */
export class JsonMapping {
  @Nested(() => JsonSignature) signature: JsonSignature;

  @Text(isPointer) readerKey: string;

  @TextList({ minItems: 1, maxItems: 10, max: 255, description: 'Where prices, plans or tiers stand.' })
  plans: string[];

  @Text({ ...isPointer, description: 'When it happened: ISO 8601, Unix seconds or milliseconds.' })
  time: string;

  @Text({ ...isPointer, optional: true, description: 'Without one every push means `active`.' })
  status?: string;

  @Json(
    { type: 'object', additionalProperties: { type: 'string', enum: [...ENTITLEMENT_STATUSES] } },
    {
      optional: true,
      description:
        'Their statuses → ours, `true` and `false` where they say no more; those that are spelled as ours need no entry.',
    },
  )
  @ValidateBy({
    name: 'statusMap',
    validator: {
      validate: isStatusMap,
      defaultMessage: () =>
        '$property must map their statuses to active, trialing, past_due, cancelled or expired',
    },
  })
  statuses?: Record<string, EntitlementStatus>;

  @Text({ ...isPointer, optional: true }) validUntil?: string;
  @Text({ ...isPointer, optional: true }) graceUntil?: string;

  @Text({ ...isPointer, optional: true, description: 'The id of the message; its bytes when left out.' })
  id?: string;

  @Text({
    ...isPointer,
    optional: true,
    description: 'Their id of the subscription, where a reader may have several.',
  })
  subscription?: string;

  @Text({
    ...isPointer,
    optional: true,
    description: 'A number that grows with each change of the subscription.',
  })
  sequence?: string;

  @Text({ ...isPointer, optional: true, description: 'Where the type stands, for `types`.' }) type?: string;

  @TextList({
    optional: true,
    maxItems: 50,
    max: 255,
    description: 'Only these types are read; the rest is ignored.',
  })
  types?: string[];

  @Int({
    optional: true,
    min: 0,
    max: 60,
    description: 'Days of grace for `past_due` without a `graceUntil`.',
  })
  graceDays?: number;
}
