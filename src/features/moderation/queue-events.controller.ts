import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { AllowViewers, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { SiteQuery } from './moderation.dto.js';
import { ModerationAccess } from './moderation-access.js';
import { QueueStreamsService } from './queue-streams.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/events')
export class QueueEventsController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly streams: QueueStreamsService,
  ) {}

  @Get()
  @AllowViewers()
  @ApiOperation({
    summary: 'Stream changes of the moderation queue',
    description:
      '`queue` `{counts}`; `arrived` `{commentId, state}`; `left` `{commentId, status, by}`, where `by` is `{id, name}` or `"rule"`; `claims` `{commentId, claimants}`; `bulk` `{}` when a bulk decision was made, undone or applied; `brigades` `{}` when the response of `GET /moderation/brigades` changed.',
  })
  @ApiOkResponse({
    description: 'Server-sent events until the client disconnects.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async watch(
    @CurrentPrincipal() caller: Principal,
    @Query() { site }: SiteQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.streams.start(request, reply, caller, await this.access.sites(caller, site));
  }
}
