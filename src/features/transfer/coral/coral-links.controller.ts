import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../../readers/reader.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { CoralCommentAnswer, CoralStoryAnswer, CoralStoryQuery } from './coral-links.dto.js';
import { CoralLinksView } from './coral-links.view.js';

@ApiTags('transfer')
@Controller('api/v1')
export class CoralLinksController {
  constructor(private readonly links: CoralLinksView) {}

  @Get('coral/story')
  @ApiSecurity({})
  @ApiOperation({
    summary: 'Find the story of a page that was built for Coral',
    description:
      'Matches the ID that the page gives, then its address. The site is the one whose origins include the address.',
  })
  @ApiOkResponse({ type: CoralStoryAnswer })
  async story(
    @Query() { url, id }: CoralStoryQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CoralStoryAnswer> {
    const story = await this.links.story(url, id ?? null);
    if (!story) throw notFound('A site with this address');
    void reply.header('cache-control', 'public, max-age=10');
    return story;
  }

  @Get('sites/:site/coral/comments/:coralComment')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiOperation({
    summary: 'Find the comment that a Coral permalink points to',
    description: 'The ID of the comment in Postbag; 404 if it does not appear in its thread.',
  })
  @ApiOkResponse({ type: CoralCommentAnswer })
  async comment(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('coralComment') commentId: string,
  ): Promise<CoralCommentAnswer> {
    const id = await this.links.comment(ctx, commentId);
    if (!id) throw notFound('This comment');
    return { id };
  }
}
