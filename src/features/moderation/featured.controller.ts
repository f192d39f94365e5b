import { Body, Controller, Get, HttpCode, Param, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { Bool } from '../../platform/http/fields.js';
import type { CommentId } from '../../platform/ids.js';
import { FeaturedCommentsService, type FeaturedState } from '../comments/featured-comments.service.js';
import { AllowViewers, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { ModerationAccess } from './moderation-access.js';

export class FeaturedBody implements FeaturedState {
  @Bool({ description: 'Whether it is one of the editors’ picks of its story.' }) picked: boolean;
  @Bool({
    description:
      'Whether it is pinned to the top of its story. Pinning it unpins any other comment of the story.',
  })
  pinned: boolean;
}

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/comments/:id/featured')
export class FeaturedController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly featuredComments: FeaturedCommentsService,
  ) {}

  @Get()
  @AllowViewers()
  @ApiOperation({ summary: 'Get whether a comment is picked or pinned' })
  @ApiOkResponse({ type: FeaturedBody })
  async read(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<FeaturedBody> {
    const ctx = await this.access.contextOfComment(caller, request.id, id, 'moderation-read');
    return this.featuredComments.read(ctx, id as CommentId);
  }

  @Put()
  @HttpCode(200)
  @ApiOperation({ summary: "Set whether a comment is an editors' pick and whether it is pinned" })
  @ApiOkResponse({ type: FeaturedBody })
  async set(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { picked, pinned }: FeaturedBody,
  ): Promise<FeaturedBody> {
    const ctx = await this.access.contextOfComment(caller, request.id, id);
    return this.featuredComments.set(ctx, id as CommentId, { picked, pinned });
  }
}
