import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/auth/principal.js';
import type { BrigadeId } from '../../../platform/ids.js';
import { AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentPrincipal } from '../../sites/site.decorators.js';
import { SiteQuery } from '../moderation.dto.js';
import { ModerationAccess } from '../moderation-access.js';
import { BrigadeAnswer, BrigadesAnswer, DismissalRequest } from './brigades.dto.js';
import { BrigadesService } from './brigades.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/brigades')
export class BrigadesController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly brigades: BrigadesService,
  ) {}

  @Get()
  @AllowViewers()
  @ApiOperation({
    summary: 'List groups of new accounts that comment on one story, or post one text, in unusual numbers',
    description: 'To list their comments, use the filter `brigade` of the queue.',
  })
  @ApiOkResponse({ type: BrigadesAnswer })
  async list(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Query() { site }: SiteQuery,
  ): Promise<BrigadesAnswer> {
    const sites = await this.access.sites(caller, site);
    const contexts = sites.map((siteId) => ({ siteId, principal: caller, requestId: request.id }));
    return { items: await this.brigades.list(contexts) };
  }

  @Post(':id/dismissal')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Dismiss a group that is not a brigade',
    description:
      'Held comments stay held. For some hours, no more comments are held because of this story or text.',
  })
  @ApiOkResponse({ type: BrigadeAnswer })
  async dismiss(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { hours }: DismissalRequest,
  ): Promise<BrigadeAnswer> {
    const ctx = await this.access.contextOfBrigade(caller, request.id, id);
    return this.brigades.dismiss(ctx, id as BrigadeId, hours);
  }

  @Delete(':id/dismissal')
  @HttpCode(204)
  @ApiOperation({ summary: 'Undo the dismissal of a group' })
  @ApiNoContentResponse()
  async restore(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<void> {
    const ctx = await this.access.contextOfBrigade(caller, request.id, id);
    await this.brigades.restore(ctx, id as BrigadeId);
  }
}
