import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiProduces, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { Caller } from '../sites/site.params.js';
import { SiteQuery } from './moderation.dto.js';
import { ModeratorReach } from './moderator-reach.js';
import { QueueStreams } from './queue-streams.service.js';

@ApiTags('moderation')
@ApiCookieAuth('moderator')
@PublisherScope('moderation')
@Controller('api/v1/moderation/events')
export class QueueEventsController {
  constructor(
    private readonly reach: ModeratorReach,
    private readonly streams: QueueStreams,
  ) {}

  @Get()
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Events queue, arrived, left and looking, until somebody hangs up.' })
  async watch(
    @Caller() caller: Principal,
    @Query() { site }: SiteQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.streams.start(request, reply, caller, await this.reach.sites(caller, site));
  }
}
