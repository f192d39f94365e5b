import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/auth/principal.js';
import type { Page } from '../../../platform/http/cursor.js';
import type { StoryId } from '../../../platform/ids.js';
import { AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentPrincipal } from '../../sites/site.decorators.js';
import { StoryStateService } from '../../stories/story-state.service.js';
import { ModerationAccess } from '../moderation-access.js';
import {
  AuthorsAnswer,
  AuthorsRequest,
  ModerationStoriesPage,
  ModerationStoriesRequest,
  OpeningRequest,
  StoryRecord,
  StrictRequest,
  type ModerationStory,
} from './moderation-stories.dto.js';
import { ModerationStoriesView } from './moderation-stories.view.js';
import { ModerationStoryAuthorsService } from './moderation-story-authors.service.js';
import { StrictStoriesService } from './strict-stories.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/stories')
export class ModerationStoriesController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly stories: ModerationStoriesView,
    private readonly storyState: StoryStateService,
    private readonly strict: StrictStoriesService,
    private readonly authors: ModerationStoryAuthorsService,
  ) {}

  @Get()
  @AllowViewers()
  @ApiOperation({ summary: 'List the stories of a site with the number of waiting comments under each' })
  @ApiOkResponse({ type: ModerationStoriesPage })
  async list(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Query() { site, ...query }: ModerationStoriesRequest,
  ): Promise<Page<ModerationStory>> {
    const sites = await this.access.sites(caller, site);
    return this.stories.list(
      sites.map((siteId) => ({ siteId, principal: caller, requestId: request.id })),
      query,
    );
  }

  @Get(':id')
  @AllowViewers()
  @ApiOperation({ summary: 'Get a story with its statistics, picks and mode' })
  @ApiOkResponse({ type: StoryRecord })
  async read(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<StoryRecord> {
    const ctx = await this.access.contextOfStory(caller, request.id, id, 'moderation-read');
    return this.stories.read(ctx, id as StoryId);
  }

  @Post(':id/opening')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open or close a story, or schedule its closing' })
  @ApiOkResponse({ type: StoryRecord })
  async setOpening(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { state, closesAt }: OpeningRequest,
  ): Promise<StoryRecord> {
    const ctx = await this.access.contextOfStory(caller, request.id, id);
    await this.storyState.set(ctx, id as StoryId, { state, closesAt: closesAt ? new Date(closesAt) : null });
    return this.stories.read(ctx, id as StoryId);
  }

  @Get(':id/authors')
  @ApiOperation({ summary: 'List the authors of a story who are notified of new comments' })
  @ApiOkResponse({ type: AuthorsAnswer })
  async readAuthors(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<AuthorsAnswer> {
    return this.authors.read(await this.access.contextOfStory(caller, request.id, id), id as StoryId);
  }

  @Put(':id/authors')
  @ApiOperation({
    summary: 'Set the authors of a story who are notified of new comments',
    description:
      'The same list as `authorEmails` of the story. Addresses that unsubscribed stay unsubscribed.',
  })
  @ApiOkResponse({ type: AuthorsAnswer })
  async setAuthors(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { emails }: AuthorsRequest,
  ): Promise<AuthorsAnswer> {
    return this.authors.set(await this.access.contextOfStory(caller, request.id, id), id as StoryId, emails);
  }

  @Post(':id/strict')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Set strict mode: all comments are held, and only the named moderators decide',
    description:
      'Creates a policy override for the story, named `strict:` and its id. Setting it again replaces it. If the story is in strict mode with named moderators, a request without `moderators` is refused (409 `already-strict`).',
  })
  @ApiOkResponse({ type: StoryRecord })
  async setStrict(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { moderators = [], reason, hours, closesAt }: StrictRequest,
  ): Promise<StoryRecord> {
    const ctx = await this.access.contextOfStory(caller, request.id, id);
    await this.strict.set(ctx, id as StoryId, {
      moderators,
      reason: reason.trim(),
      hours: hours ?? null,
      closesAt: closesAt ? new Date(closesAt) : null,
    });
    return this.stories.read(ctx, id as StoryId);
  }

  @Delete(':id/strict')
  @HttpCode(204)
  @ApiOperation({ summary: 'End strict mode' })
  @ApiNoContentResponse()
  async endStrict(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<void> {
    await this.strict.end(await this.access.contextOfStory(caller, request.id, id), id as StoryId);
  }
}
