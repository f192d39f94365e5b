import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { EventListView } from './event-list.view.js';
import { EVENT_DESCRIPTIONS } from './event-schemas.js';
import { EventPage, EventQuery, EventTypeList } from './webhooks.dto.js';

@ApiTags('webhooks')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/events')
export class EventsController {
  constructor(private readonly events: EventListView) {}

  @Get()
  @ApiOperation({ summary: 'List all events of the last 30 days, in order' })
  @ApiOkResponse({ type: EventPage })
  list(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { after, cursor, limit }: EventQuery,
  ): Promise<EventPage> {
    return this.events.list(ctx, after ?? cursor, limit);
  }
}

/** For developers of webhook receivers. Public, because it contains no data of any site. */
@ApiTags('webhooks')
@Controller('api/v1/event-types')
export class EventTypesController {
  @Get()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOperation({ summary: 'List all event types, with schema and example' })
  @ApiOkResponse({ type: EventTypeList })
  list(): EventTypeList {
    return {
      items: EVENT_DESCRIPTIONS.map(({ schema, example, ...rest }) => ({ ...rest, schema, example })),
    };
  }
}
