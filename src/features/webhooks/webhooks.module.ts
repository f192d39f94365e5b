import { Module } from '@nestjs/common';
import { ModeratorsModule } from '../moderators/moderators.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { DeliveryLanes } from './delivery-lanes.js';
import { DeliveryLogView } from './delivery-log.view.js';
import { DeliveryRepository } from './delivery.repository.js';
import { Deliveries } from './delivery.service.js';
import { EndpointLetters } from './endpoint-letters.js';
import { EndpointSlots } from './endpoint-slots.js';
import { EndpointRepository } from './endpoint.repository.js';
import { Endpoints } from './endpoints.service.js';
import { EventListView } from './event-list.view.js';
import { EventRecorder } from './event-recorder.js';
import { EventRepository } from './event.repository.js';
import { EventsController, EventTypesController } from './events.controller.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  imports: [ModeratorsModule, SitesModule],
  providers: [
    Deliveries,
    DeliveryLanes,
    DeliveryLogView,
    DeliveryRepository,
    EndpointRepository,
    EndpointLetters,
    EndpointSlots,
    Endpoints,
    EventListView,
    EventRecorder,
    EventRepository,
  ],
  controllers: [WebhooksController, EventsController, EventTypesController],
})
export class WebhooksModule {}
