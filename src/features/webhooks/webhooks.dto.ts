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
    description:
      'The address that receives deliveries. It must be https and public, unless OUTBOUND_ALLOW permits others.',
  })
  url: string;

  @TextList({
    minItems: 1,
    maxItems: 50,
    max: 64,
    values: SUBSCRIBABLE,
    description: 'Event types, or "*" for all.',
  })
  events: string[];

  @OneOf(['thin', 'full'], {
    optional: true,
    description:
      'full: includes body, html, author and scores, except for comments that their author deleted. Default: thin.',
  })
  body?: 'thin' | 'full';

  @Bool({
    optional: true,
    description:
      'Whether deliveries also carry an Ed25519 signature (`v1a`), for receivers that should not hold a secret.',
  })
  ed25519?: boolean;
}

export class ChangeEndpoint {
  @Url({ optional: true }) url?: string;
  @TextList({ optional: true, minItems: 1, maxItems: 50, max: 64, values: SUBSCRIBABLE }) events?: string[];
  @OneOf(['thin', 'full'], { optional: true }) body?: 'thin' | 'full';
  @Bool({ optional: true, description: 'Whether deliveries also carry an Ed25519 signature.' })
  ed25519?: boolean;

  @OneOf(['enabled', 'disabled'], {
    optional: true,
    description: 'Enabling an endpoint resumes its waiting deliveries.',
  })
  status?: 'enabled' | 'disabled';
}

export class EndpointAnswer {
  @Id() id: string;
  @Text({ max: 2048 }) url: string;
  @TextList() events: string[];
  @OneOf(['thin', 'full']) body: string;
  @TextList({
    description: 'Ed25519 public keys, newest first; empty if deliveries carry no Ed25519 signature.',
  })
  publicKeys: string[];
  @OneOf(['enabled', 'disabled']) status: string;
  @Text({ nullable: true, description: 'Why the endpoint was disabled automatically.' }) disabledReason:
    string | null;
  @OneOf(['closed', 'open', 'half-open'], {
    description:
      '`open`: the first attempts of ten deliveries in a row failed, and nothing is sent until `openUntil`. `half-open`: the next due delivery is attempted, and a success closes the circuit and sends everything that waits.',
  })
  circuit: string;
  @Instant({ nullable: true }) openUntil: string | null;
  @Instant({ nullable: true, description: 'Start of the period without a successful delivery.' })
  failingSince: string | null;
  @Instant({ nullable: true, description: 'Accurate to the minute.' }) lastSuccessAt: string | null;
  @Instant() createdAt: string;
  @Instant() updatedAt: string;
}

export class EndpointWithSecret extends EndpointAnswer {
  @Text({ description: 'The signing secret. It is shown only once.', example: 'whsec_…' }) secret: string;
}

export class RotatedSecret {
  @Id() id: string;
  @Text({ description: 'The new signing secret. It is shown only once.' }) secret: string;
  @TextList({ description: 'Ed25519 public keys, newest first.' }) publicKeys: string[];
  @Instant({ description: 'Until then, deliveries are also signed with the previous secret.' })
  previousUntil: string;
}

export class EndpointPage {
  @ListOf(() => EndpointAnswer) items: EndpointAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class AttemptAnswer {
  @Int({ min: 1 }) number: number;
  @Instant() startedAt: string;
  @Int({ min: 0 }) durationMs: number;
  @Int({ nullable: true, description: 'The HTTP status; null if there was no response.' }) status:
    number | null;
  @Text({ nullable: true }) error: string | null;
  @Text({ nullable: true, max: 4096, description: 'The first 4 kB of the response.' }) answer: string | null;
}

@ApiExtraModels(AttemptAnswer)
export class DeliveryAnswer {
  @Id() id: string;
  @Id() eventId: string;
  @Text() type: string;
  @Text({ description: 'What the event is about. Events of one subject are delivered in order.' })
  subject: string;
  @Int({ min: 1 }) sequence: number;
  @OneOf(DELIVERY_STATUSES) status: string;
  @Int({ min: 0 }) attempts: number;
  @Int({ nullable: true }) lastStatus: number | null;
  @Text({ nullable: true }) lastError: string | null;
  @Instant({ nullable: true }) nextAttemptAt: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) deliveredAt: string | null;
  @ListOf(() => AttemptAnswer, { description: 'The latest 20 attempts, newest first.' }) log: AttemptAnswer[];
}

export class DeliveryRequest {
  @OneOf(['POST']) method: string;
  @Text({ max: 2048, description: 'The endpoint’s current address.' }) url: string;
  @Answer(
    { type: 'object', additionalProperties: { type: 'string' } },
    {
      description: 'Without `webhook-timestamp` and `webhook-signature`, which differ for each attempt.',
    },
  )
  headers: Record<string, string>;
  @Text({
    max: 1_000_000,
    description: 'The exact bytes that are signed and sent. They are the same for every attempt.',
  })
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
    description: 'If omitted, deliveries of every status.',
  })
  status?: string;

  @OneOf(EVENT_TYPES, { optional: true, description: 'Only events of this type.' }) type?: string;
  @Id({ optional: true, description: 'Only events of this comment.' }) commentId?: string;
  @Instant({ optional: true, description: 'Only events from this time on (inclusive).' }) since?: string;
  @Instant({ optional: true, description: 'Only events before this time (exclusive).' }) until?: string;
}

export class RecoverRequest {
  @Instant({
    description: 'Everything since this time that was not delivered is sent. Events are stored for 30 days.',
  })
  since: string;
}

export class RecoverAnswer {
  @Int({ min: 0, description: 'Number of deliveries scheduled.' }) deliveries: number;
}

const DONE_STATUSES = ['delivered', 'failed', 'cancelled'] as const;

export class RedeliverRequest {
  @Instant({ optional: true, description: 'Only events from this time on (inclusive).' }) since?: string;
  @Instant({ optional: true, description: 'Only events before this time (exclusive).' }) until?: string;
  @TextList({
    optional: true,
    minItems: 1,
    values: DONE_STATUSES,
    description: 'Statuses of the deliveries to send again. Default: failed and cancelled.',
  })
  statuses?: (typeof DONE_STATUSES)[number][];
  @TextList({ optional: true, minItems: 1, maxItems: 50, max: 64, values: EVENT_TYPES }) types?: string[];
  @Id({ optional: true, description: 'Only events of this comment.' }) commentId?: string;
}

export class RedeliverAllAnswer {
  @Int({ min: 0, description: 'Number of deliveries scheduled.' }) deliveries: number;
  @Bool({ description: 'Whether more deliveries remain. If so, repeat the request.' }) more: boolean;
}

export class RedeliverAnswer {
  @Id({ description: 'The ID of the delivery.' }) id: string;
  @OneOf(['pending']) status: 'pending';
}

export class TestAnswer {
  @Id() endpointId: string;
  @Text() type: string;
}

export class EventQuery extends PageQuery {
  @Text({ optional: true, max: 64, description: 'The `next` of the previous page, or the ID of an event.' })
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
  @Int({ min: 1, description: 'Increases when the type changes in any way other than new optional members.' })
  version: number;
  @Text() about: string;
  @Answer({ type: 'object' }, { description: 'JSON Schema of the whole body.' }) schema: object;
  @Answer({ type: 'object' }) example: object;
}

export class EventTypeList {
  @ListOf(() => EventTypeAnswer) items: EventTypeAnswer[];
}
