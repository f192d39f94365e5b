import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WEBHOOKS_ENTITIES } from './webhooks.entities.js';
import { StaffModule } from '../staff/staff.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { DeliveryPools } from './delivery-pools.js';
import { DeliveryLogView } from './delivery-log.view.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { EndpointEmails } from './endpoint-emails.js';
import { EndpointSlots } from './endpoint-slots.js';
import { EndpointRepository } from './endpoint.repository.js';
import { EndpointsService } from './endpoints.service.js';
import { EventListView } from './event-list.view.js';
import { EventRecorder } from './event-recorder.js';
import { EventRepository } from './event.repository.js';
import { EventsController, EventTypesController } from './events.controller.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature(WEBHOOKS_ENTITIES), StaffModule, SitesModule],
  providers: [
    DeliveryService,
    DeliveryPools,
    DeliveryLogView,
    DeliveryRepository,
    EndpointRepository,
    EndpointEmails,
    EndpointSlots,
    EndpointsService,
    EventListView,
    EventRecorder,
    EventRepository,
  ],
  controllers: [WebhooksController, EventsController, EventTypesController],
})
export class WebhooksModule {}
