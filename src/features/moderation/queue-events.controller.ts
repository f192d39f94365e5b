import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { ForViewers, PublisherScope } from '../sites/publisher.guard.js';
import { Caller } from '../sites/site.params.js';
import { SiteQuery } from './moderation.dto.js';
import { ModeratorReach } from './moderator-reach.js';
import { QueueStreams } from './queue-streams.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/events')
export class QueueEventsController {
  constructor(
    private readonly reach: ModeratorReach,
    private readonly streams: QueueStreams,
  ) {}

  @Get()
  @ForViewers()
  @ApiOperation({
    summary: 'The queue, as it changes',
    description:
      '`queue` `{counts}`; `arrived` `{commentId, state}`; `left` `{commentId, status, by}`, where `by` is ' +
      '`{id, name}` or `"rule"`; `looking` `{commentId, lookingAt}`; `bulk` `{}`: a decision about many was made, undone or carried out.',
  })
  @ApiOkResponse({
    description: 'Server-sent events, until somebody hangs up.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async watch(
    @Caller() caller: Principal,
    @Query() { site }: SiteQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.streams.start(request, reply, caller, await this.reach.sites(caller, site));
  }
}
