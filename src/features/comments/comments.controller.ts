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

const toCommentId = (raw: string): CommentId => raw.toLowerCase() as CommentId;

/** Responses for a signed-in reader must not be cached; public ones must be revalidated each time. */
const setCacheHeaders = (reply: FastifyReply, reader: SignedInReader | null): void => {
  void reply
    .header('cache-control', reader ? 'private, no-store' : 'public, max-age=0, must-revalidate')
    .header('vary', 'Authorization');
};

/** Reads, edits and deletes a comment. Posting one is in `ThreadController`. */
@ApiTags('comments')
@Controller('api/v1/comments/:id')
export class CommentsController {
  constructor(
    private readonly reading: CommentReadingService,
    private readonly editing: CommentEditing,
  ) {}

  @Get()
  @ReaderRoute({ site: 'comment', token: 'optional' })
  @ApiOperation({ summary: 'Get a comment' })
  @ApiOkResponse({ type: CommentDto })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentDto> {
    setCacheHeaders(reply, reader);
    return this.reading.read(ctx, site, reader, toCommentId(id));
  }

  @Get('replies')
  @ReaderRoute({ site: 'comment', token: 'optional' })
  @ApiOperation({ summary: 'List all replies below a comment, oldest first' })
  @ApiOkResponse({ type: CommentListDto })
  replies(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Query() { cursor, limit }: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentListDto> {
    setCacheHeaders(reply, reader);
    return this.reading.replies(ctx, site, reader, toCommentId(id), { cursor, limit });
  }

  @Patch()
  @ReaderRoute({ site: 'comment', token: 'required' })
  @ApiOperation({ summary: 'Edit one of your own comments' })
  @ApiOkResponse({
    type: CommentDto,
    description:
      'The comment, pending until it is scored again. If the text did not change, the comment is unchanged.',
  })
  async edit(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Param('id') id: string,
    @Body() { body }: EditBody,
  ): Promise<CommentDto> {
    await this.editing.edit(ctx, reader, toCommentId(id), body);
    return this.reading.read(ctx, site, reader, toCommentId(id));
  }

  @Delete()
  @HttpCode(204)
  @ReaderRoute({ site: 'comment', token: 'required' })
  @ApiOperation({ summary: 'Delete one of your own comments' })
  @ApiNoContentResponse()
  async remove(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('id') id: string,
  ): Promise<void> {
    await this.editing.remove(ctx, reader, toCommentId(id));
  }
}
