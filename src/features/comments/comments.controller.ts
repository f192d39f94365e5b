import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../../platform/http/fields.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CommentEditing } from './comment-editing.js';
import { CommentReadingService } from './comment-reading.service.js';
import { CommentDto, CommentListDto, EditBody } from './comments.dto.js';

const commentId = (raw: string): CommentId => raw.toLowerCase() as CommentId;

/** What one reader sees is nobody else's to keep; what everybody sees is asked for again each time. */
const keepNothing = (reply: FastifyReply, reader: SignedInReader | null): void => {
  void reply
    .header('cache-control', reader ? 'private, no-store' : 'public, max-age=0, must-revalidate')
    .header('vary', 'Authorization');
};

@ApiTags('comments')
@Controller('api/v1/comments/:id')
export class CommentsController {
  constructor(
    private readonly reading: CommentReadingService,
    private readonly authoring: CommentEditing,
  ) {}

  @Get()
  @ReaderRoute({ site: 'comment', token: 'optional' })
  @ApiOperation({ summary: 'One comment' })
  @ApiOkResponse({ type: CommentDto })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentDto> {
    keepNothing(reply, reader);
    return this.reading.one(ctx, site, reader, commentId(id));
  }

  @Get('replies')
  @ReaderRoute({ site: 'comment', token: 'optional' })
  @ApiOperation({ summary: 'Everything below a comment, oldest first' })
  @ApiOkResponse({ type: CommentListDto })
  replies(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Query() { cursor, limit }: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentListDto> {
    keepNothing(reply, reader);
    return this.reading.replies(ctx, site, reader, commentId(id), { cursor, limit });
  }

  @Patch()
  @ReaderRoute({ site: 'comment', token: 'required' })
  @ApiOperation({ summary: 'Change the text of an own comment' })
  @ApiOkResponse({
    type: CommentDto,
    description: 'Waiting for its scores again, or as it was for the same text.',
  })
  async edit(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Param('id') id: string,
    @Body() { body }: EditBody,
  ): Promise<CommentDto> {
    await this.authoring.edit(ctx, reader, commentId(id), body);
    return this.reading.one(ctx, site, reader, commentId(id));
  }

  @Delete()
  @HttpCode(204)
  @ReaderRoute({ site: 'comment', token: 'required' })
  @ApiOperation({ summary: 'Take an own comment away' })
  @ApiNoContentResponse()
  async remove(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('id') id: string,
  ): Promise<void> {
    await this.authoring.remove(ctx, reader, commentId(id));
  }
}
