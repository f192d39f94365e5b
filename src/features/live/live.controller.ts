import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { StoryHintQuery } from '../comments/comments.dto.js';
import { GateService } from '../entitlements/gate.service.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { LiveConnections } from './live-connections.js';

@ApiTags('live')
@Controller('api/v1/sites/:site/stories/:storyKey/events')
export class LiveController {
  constructor(
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly live: LiveConnections,
  ) {}

  @Get()
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiOperation({
    summary: 'Stream the changes in a thread',
    description:
      '`comment.published`, `comment.edited`, `comment.restored` `{comment}`; `comment.removed`, `comment.deleted` `{id}`; `counts` `{total}`; with a token, `comment.decided` `{id, status, reason?, appeal?}` for the reader’s own comments, where `appeal` (`open`, `upheld`, `overturned`) is present when an appeal is opened or decided. `gate` `{gate, tier}`, without an event id, when the caller’s permissions have changed. `reset` `{}` when too many events were missed: read the thread again.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The `id` of the last event received. The stream continues with the events after it.',
  })
  @ApiOkResponse({
    description: 'Server-sent events until the client disconnects.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async stream(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
    @Param('storyKey') storyKey: string,
    @Query() { url, title }: StoryHintQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const story = await this.stories.resolve(ctx, storyKey, { url, title, ip: request.ip });
    const readerGate = await this.gates.forReader(ctx, reader, story);
    this.gates.requireAllowed(ctx, readerGate, 'read');
    if (request.method === 'HEAD') {
      void reply.header('content-type', 'text/event-stream; charset=utf-8').send();
      return;
    }
    await this.live.open(ctx, story, reader, readerGate, request, reply);
  }
}
