import { ApiExtraModels } from '@nestjs/swagger';
import {
  Answer,
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  Num,
  OneOf,
  PageQuery,
  Text,
  TextList,
  Url,
} from '../../platform/http/fields.js';
import { EVENT_TYPES } from './event-types.js';

const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'cancelled'] as const;
const SUBSCRIBABLE = [...EVENT_TYPES.filter((type) => type !== 'webhook.test'), '*', 'webhook.test'];

export class CreateEndpoint {
  @Url({
    description: 'Where deliveries go. https to a public address, unless OUTBOUND_ALLOW says otherwise.',
  })
  url: string;

  @TextList({
    minItems: 1,
    maxItems: 50,
    max: 64,
    values: SUBSCRIBABLE,
    description: 'Types of events, or "*" for all.',
  })
  events: string[];

  @OneOf(['thin', 'full'], {
    optional: true,
    description:
      'full: with body, html, author and scores, except of what its author deleted; thin when left out.',
  })
  body?: 'thin' | 'full';

  @Bool({
    optional: true,
    description:
      'Whether deliveries are signed by Ed25519 besides (`v1a`), for receivers that should hold no secret.',
  })
  ed25519?: boolean;
}

export class ChangeEndpoint {
  @Url({ optional: true }) url?: string;
  @TextList({ optional: true, minItems: 1, maxItems: 50, max: 64, values: SUBSCRIBABLE }) events?: string[];
  @OneOf(['thin', 'full'], { optional: true }) body?: 'thin' | 'full';
  @Bool({ optional: true, description: 'Whether deliveries are signed by Ed25519 besides.' })
  ed25519?: boolean;

  @OneOf(['enabled', 'disabled'], {
    optional: true,
    description: 'Enabling goes on with what was left undelivered.',
  })
  status?: 'enabled' | 'disabled';
}

export class EndpointAnswer {
  @Id() id: string;
  @Text({ max: 2048 }) url: string;
  @TextList() events: string[];
  @OneOf(['thin', 'full']) body: string;
  @TextList({ description: 'Of Ed25519, the newest first; empty where it does not sign.' })
  publicKeys: string[];
  @OneOf(['enabled', 'disabled']) status: string;
  @Text({ nullable: true, description: 'Why it was disabled by itself.' }) disabledReason: string | null;
  @OneOf(['closed', 'open', 'half-open'], {
    description:
      '`open`: ten deliveries in a row failed at their first try, and it is left alone until `openUntil`; `half-open`: ' +
      'the next one due tries, and a success closes it and sends all that waits.',
  })
  circuit: string;
  @Instant({ nullable: true }) openUntil: string | null;
  @Instant({ nullable: true, description: 'Since when no delivery succeeded.' }) failingSince: string | null;
  @Instant({ nullable: true, description: 'To the minute.' }) lastSuccessAt: string | null;
  @Instant() createdAt: string;
  @Instant() updatedAt: string;
}

export class EndpointWithSecret extends EndpointAnswer {
  @Text({ description: 'Shown this once.', example: 'whsec_…' }) secret: string;
}

export class RotatedSecret {
  @Id() id: string;
  @Text({ description: 'Shown this once.' }) secret: string;
  @TextList({ description: 'Of Ed25519, the newest first.' }) publicKeys: string[];
  @Instant({ description: 'Until then the secret before signs too.' }) previousUntil: string;
}

export class EndpointPage {
  @ListOf(() => EndpointAnswer) items: EndpointAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class AttemptAnswer {
  @Int({ min: 1 }) number: number;
  @Instant() startedAt: string;
  @Int({ min: 0 }) durationMs: number;
  @Int({ nullable: true, description: 'The HTTP status; null when there was no answer.' }) status:
    number | null;
  @Text({ nullable: true }) error: string | null;
  @Text({ nullable: true, max: 4096, description: 'The first 4 kB of the answer.' }) answer: string | null;
}

@ApiExtraModels(AttemptAnswer)
export class DeliveryAnswer {
  @Id() id: string;
  @Id() eventId: string;
  @Text() type: string;
  @Text({ description: 'What its order counts for.' }) subject: string;
  @Int({ min: 1 }) sequence: number;
  @OneOf(DELIVERY_STATUSES) status: string;
  @Int({ min: 0 }) attempts: number;
  @Int({ nullable: true }) lastStatus: number | null;
  @Text({ nullable: true }) lastError: string | null;
  @Instant({ nullable: true }) nextAttemptAt: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) deliveredAt: string | null;
  @ListOf(() => AttemptAnswer, { description: 'The latest twenty, newest first.' }) log: AttemptAnswer[];
}

export class DeliveryRequest {
  @OneOf(['POST']) method: string;
  @Text({ max: 2048, description: 'Where it goes now.' }) url: string;
  @Answer(
    { type: 'object', additionalProperties: { type: 'string' } },
    {
      description: 'Without `webhook-timestamp` and `webhook-signature`, which every attempt has of its own.',
    },
  )
  headers: Record<string, string>;
  @Text({ max: 1_000_000, description: 'The bytes that are signed and sent, the same on every attempt.' })
  body: string;
}

export class DeliveryDetail extends DeliveryAnswer {
  @Nested(() => DeliveryRequest) request: DeliveryRequest;
}

export class DeliveryPage {
  @ListOf(() => DeliveryAnswer) items: DeliveryAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class DeliveryQuery extends PageQuery {
  @OneOf(DELIVERY_STATUSES, {
    optional: true,
    name: 'DeliveryStatus',
    description: 'Every one when left out.',
  })
  status?: string;

  @OneOf(EVENT_TYPES, { optional: true, description: 'Only events of this type.' }) type?: string;
  @Id({ optional: true, description: 'Only events of this comment.' }) commentId?: string;
  @Instant({ optional: true, description: 'Only events from then on.' }) since?: string;
  @Instant({ optional: true, description: 'Only events before then.' }) until?: string;
}

export class RecoverRequest {
  @Instant({ description: 'Everything undelivered since then is sent again; at most 30 days back.' })
  since: string;
}

export class RecoverAnswer {
  @Int({ min: 0, description: 'How many deliveries were put on the way.' }) deliveries: number;
}

const DONE_STATUSES = ['delivered', 'failed', 'cancelled'] as const;

export class RedeliverRequest {
  @Instant({ optional: true, description: 'Events from then on.' }) since?: string;
  @Instant({ optional: true, description: 'Events before then.' }) until?: string;
  @TextList({
    optional: true,
    minItems: 1,
    values: DONE_STATUSES,
    description: 'What became of the deliveries; failed and cancelled when left out.',
  })
  statuses?: (typeof DONE_STATUSES)[number][];
  @TextList({ optional: true, minItems: 1, maxItems: 50, max: 64, values: EVENT_TYPES }) types?: string[];
  @Id({ optional: true, description: 'Only events of this comment.' }) commentId?: string;
}

export class RedeliverAllAnswer {
  @Int({ min: 0, description: 'How many deliveries were put on the way.' }) deliveries: number;
  @Bool({ description: 'Whether some are left: ask again.' }) more: boolean;
}

export class RedeliverAnswer {
  @Id({ description: 'The delivery.' }) id: string;
  @OneOf(['pending']) status: 'pending';
}

export class TestAnswer {
  @Id() endpointId: string;
  @Text() type: string;
}

export class EventQuery extends PageQuery {
  @Text({ optional: true, max: 64, description: 'The `next` of the page before, or the id of an event.' })
  after?: string;
}

export class EventAnswer {
  @Id() id: string;
  @Text() type: string;
  @Instant() timestamp: string;
  @Id() site: string;
  @Num({ min: 1 }) sequence: number;
  @Answer({ type: 'object' }) data: Record<string, unknown>;
}

export class EventPage {
  @ListOf(() => EventAnswer) items: EventAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class EventTypeAnswer {
  @Text() type: string;
  @Int({ min: 1, description: 'Grows when a type changes otherwise than by optional members.' })
  version: number;
  @Text() about: string;
  @Answer({ type: 'object' }, { description: 'JSON Schema of the body.' }) schema: object;
  @Answer({ type: 'object' }) example: object;
}

export class EventTypeList {
  @ListOf(() => EventTypeAnswer) items: EventTypeAnswer[];
}
