import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import type { SavedQueueId } from '../../platform/ids.js';
import { AllowViewers, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { SiteQuery } from './moderation.dto.js';
import { ModerationAccess } from './moderation-access.js';
import {
  SavedQueueAnswer,
  SavedQueueChange,
  SavedQueueRequest,
  SavedQueuesAnswer,
} from './saved-queues.dto.js';
import { SavedQueuesService } from './saved-queues.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/saved-queues')
export class SavedQueuesController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly saved: SavedQueuesService,
  ) {}

  @Get()
  @AllowViewers()
  @ApiOperation({ summary: 'List saved filters with the number of waiting comments in each' })
  @ApiOkResponse({ type: SavedQueuesAnswer })
  async list(
    @CurrentPrincipal() caller: Principal,
    @Query() { site }: SiteQuery,
  ): Promise<SavedQueuesAnswer> {
    return { items: await this.saved.list(caller, await this.access.sites(caller, site)) };
  }

  @Post()
  @ApiOperation({ summary: 'Save a filter under a name, for all moderators of the site' })
  @ApiCreatedResponse({ type: SavedQueueAnswer })
  async save(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Body() body: SavedQueueRequest,
  ): Promise<SavedQueueAnswer> {
    const { site, name, state, sort = 'risk', filter = {}, targetMinutes = null } = body;
    const ctx = await this.access.contextOfSite(caller, request.id, site);
    return this.saved.save(ctx, { name: name.trim(), state, sort, filter, targetMinutes });
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a saved filter' })
  @ApiOkResponse({ type: SavedQueueAnswer })
  async change(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: SavedQueueChange,
  ): Promise<SavedQueueAnswer> {
    const ctx = await this.access.contextOfSavedQueue(caller, request.id, id);
    const { name, ...rest } = body;
    return this.saved.change(ctx, id as SavedQueueId, {
      ...rest,
      ...(name === undefined ? {} : { name: name.trim() }),
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a saved filter. Its comments are not affected' })
  @ApiNoContentResponse()
  async remove(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<void> {
    await this.saved.remove(
      await this.access.contextOfSavedQueue(caller, request.id, id),
      id as SavedQueueId,
    );
  }
}
