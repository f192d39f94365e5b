import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/auth/principal.js';
import type { Page } from '../../../platform/http/cursor.js';
import type { StoryId } from '../../../platform/ids.js';
import { ForViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { Caller } from '../../sites/site.params.js';
import { StoryOpening } from '../../stories/story-opening.service.js';
import { ModeratorReach } from '../moderator-reach.js';
import {
  AuthorsAnswer,
  AuthorsRequest,
  DeskStoriesPage,
  DeskStoriesRequest,
  OpeningRequest,
  StoryRecord,
  StrictRequest,
  type DeskStory,
} from './desk-stories.dto.js';
import { DeskStoriesView } from './desk-stories.view.js';
import { DeskStoryAuthors } from './desk-story-authors.service.js';
import { StrictStories } from './strict-stories.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/stories')
export class DeskStoriesController {
  constructor(
    private readonly reach: ModeratorReach,
    private readonly stories: DeskStoriesView,
    private readonly opening: StoryOpening,
    private readonly strict: StrictStories,
    private readonly authors: DeskStoryAuthors,
  ) {}

  @Get()
  @ForViewers()
  @ApiOperation({ summary: 'Stories of a site, with what waits under each' })
  @ApiOkResponse({ type: DeskStoriesPage })
  async list(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Query() { site, ...query }: DeskStoriesRequest,
  ): Promise<Page<DeskStory>> {
    const sites = await this.reach.sites(caller, site);
    return this.stories.list(
      sites.map((siteId) => ({ siteId, principal: caller, requestId: request.id })),
      query,
    );
  }

  @Get(':id')
  @ForViewers()
  @ApiOperation({ summary: 'A story with its numbers, its picks and its mode' })
  @ApiOkResponse({ type: StoryRecord })
  async read(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<StoryRecord> {
    const ctx = await this.reach.ofStory(caller, request.id, id, 'moderation-read');
    return this.stories.read(ctx, id as StoryId);
  }

  @Post(':id/opening')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open or close a story, or let it close by itself' })
  @ApiOkResponse({ type: StoryRecord })
  async open(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { state, closesAt }: OpeningRequest,
  ): Promise<StoryRecord> {
    const ctx = await this.reach.ofStory(caller, request.id, id);
    await this.opening.set(ctx, id as StoryId, { state, closesAt: closesAt ? new Date(closesAt) : null });
    return this.stories.read(ctx, id as StoryId);
  }

  @Get(':id/authors')
  @ApiOperation({ summary: 'Who wrote a story and is told of new comments' })
  @ApiOkResponse({ type: AuthorsAnswer })
  async readAuthors(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<AuthorsAnswer> {
    return this.authors.read(await this.reach.ofStory(caller, request.id, id), id as StoryId);
  }

  @Put(':id/authors')
  @ApiOperation({
    summary: 'Say who wrote a story and is told of new comments',
    description: 'The same list as `authorEmails` of the story. Whoever unsubscribed stays unsubscribed.',
  })
  @ApiOkResponse({ type: AuthorsAnswer })
  async setAuthors(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { emails }: AuthorsRequest,
  ): Promise<AuthorsAnswer> {
    return this.authors.set(await this.reach.ofStory(caller, request.id, id), id as StoryId, emails);
  }

  @Post(':id/strict')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Strict mode: everything waits, and only named moderators decide',
    description:
      'An override of the policy for the story, `strict:` and its id. Setting it again replaces it.',
  })
  @ApiOkResponse({ type: StoryRecord })
  async setStrict(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { moderators, reason, closesAt }: StrictRequest,
  ): Promise<StoryRecord> {
    const ctx = await this.reach.ofStory(caller, request.id, id);
    await this.strict.set(ctx, id as StoryId, {
      moderators,
      reason: reason.trim(),
      closesAt: closesAt ? new Date(closesAt) : null,
    });
    return this.stories.read(ctx, id as StoryId);
  }

  @Delete(':id/strict')
  @HttpCode(204)
  @ApiOperation({ summary: 'End strict mode' })
  @ApiNoContentResponse()
  async endStrict(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<void> {
    await this.strict.end(await this.reach.ofStory(caller, request.id, id), id as StoryId);
  }
}
