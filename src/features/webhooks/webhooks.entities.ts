import { AttemptEntity } from './attempt.entity.js';
import { DeliveryEntity } from './delivery.entity.js';
import { EventEntity } from './event.entity.js';
import { EventCounterEntity } from './event-counter.entity.js';
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js';

export const WEBHOOKS_ENTITIES = [
  AttemptEntity,
  DeliveryEntity,
  EventEntity,
  EventCounterEntity,
  WebhookEndpointEntity,
];
