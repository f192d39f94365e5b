import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from '../../platform/http/accept-language.js';
import { PageQuery } from '../../platform/http/fields.js';
import { CurrentKeyedWrite, StoresOwnResponse, type KeyedWrite } from '../../platform/http/keyed-write.js';
import { invalid } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { isStoryKey } from '../stories/story-key.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import {
  CommentDto,
  CommentListDto,
  CountsDto,
  StoryHintQuery,
  SubmitBody,
  ThreadDto,
  ThreadPageQuery,
} from './comments.dto.js';
import { CountsView } from './counts.view.js';
import { SubmissionService } from './submission.service.js';
import { sendThreadForReader, PublicThreadCache } from './public-thread-cache.js';
import { ThreadService } from './thread.service.js';

const MAX_COUNTED_STORIES = 100;

/** Reads and posts comments of a story. */
@ApiTags('comments')
@Controller('api/v1/sites/:site')
export class ThreadController {
  constructor(
    private readonly threads: ThreadService,
    private readonly publicThreadCache: PublicThreadCache,
    private readonly submission: SubmissionService,
    private readonly countsView: CountsView,
  ) {}

  @Get('stories/:storyKey/comments')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiOperation({ summary: "Get a page of a story's thread" })
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'An `ETag` from an earlier response; only for requests without a token.',
  })
  @ApiOkResponse({
    type: ThreadDto,
    headers: {
      ETag: {
        schema: { type: 'string' },
        description:
          'A strong validator, different for each content coding; only for requests without a token.',
      },
      'Cache-Control': {
        schema: { type: 'string' },
        description: '`public` for requests without a token, `private, no-store` with one.',
      },
    },
  })
  @ApiResponse({ status: 304, description: 'The thread has not changed.' })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
    @Param('storyKey') storyKey: string,
    @Query() { sort = 'newest', cursor, limit, url, title }: ThreadPageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const hint = { url, title, ip: request.ip };
    if (reader) {
      sendThreadForReader(
        reply,
        await this.threads.forReader(ctx, reader, storyKey, hint, { sort, cursor, limit }),
      );
      return;
    }
    const thread = await this.threads.forPublic(ctx, storyKey, hint, { sort, cursor, limit });
    await this.publicThreadCache.send(request, reply, thread);
  }

  @Get('stories/:storyKey/picks')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiOperation({ summary: "List a story's editors' picks, newest pick first" })
  @ApiOkResponse({ type: CommentListDto })
  async picks(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
    @Param('storyKey') storyKey: string,
    @Query() { cursor, limit }: PageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const json = await this.threads.picks(ctx, reader, storyKey, { cursor, limit });
    void reply
      .header('cache-control', reader ? 'private, no-store' : 'public, max-age=0, must-revalidate')
      .header('vary', 'Authorization')
      .header('content-type', 'application/json; charset=utf-8')
      .send(json);
  }

  @Post('stories/:storyKey/comments')
  @HttpCode(202)
  @StoresOwnResponse()
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiOperation({ summary: 'Post a comment or a reply' })
  @ApiHeader({
    name: 'Accept-Language',
    required: false,
    description:
      'Language of the page on which the comment is written. If the comment is refused, the reason is shown to its author in this language.',
  })
  @ApiAcceptedResponse({ type: CommentDto, description: 'The comment is stored and waits for its scores.' })
  submit(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('storyKey') storyKey: string,
    @Query() { url, title }: StoryHintQuery,
    @Body() { body, parentId }: SubmitBody,
    @CurrentKeyedWrite() keyedWrite: KeyedWrite | null,
    @Req() request: FastifyRequest,
  ): Promise<CommentDto> {
    return this.submission.submit(
      ctx,
      site,
      reader,
      storyKey,
      { url, title, ip: request.ip },
      {
        body,
        parentId: (parentId?.toLowerCase() ?? null) as CommentId | null,
        pageLanguage: preferredLanguage(request.headers['accept-language']),
        keyedWrite,
      },
    );
  }

  @Get('counts')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiOperation({ summary: 'Get the comment counts of stories' })
  @ApiQuery({
    name: 'story',
    isArray: true,
    required: false,
    type: String,
    description: 'Up to 100 story keys.',
  })
  @ApiOkResponse({ type: CountsDto })
  async counts(
    @CurrentSiteContext() ctx: SiteContext,
    @Query('story') story: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountsDto> {
    const keys = [...new Set(Array.isArray(story) ? story : story === undefined ? [] : [story])] as unknown[];
    if (keys.length > MAX_COUNTED_STORIES)
      throw badKeys(`Counts are limited to ${MAX_COUNTED_STORIES} stories per request.`);
    if (!keys.every((key): key is string => typeof key === 'string' && isStoryKey(key))) {
      throw badKeys('Each story key must have 1 to 255 characters.');
    }
    void reply.header('cache-control', 'public, max-age=0, must-revalidate');
    return { counts: await this.countsView.counts(ctx, keys) };
  }
}

const badKeys = (message: string) => invalid([{ pointer: '/query/story', code: 'bad-story-keys', message }]);
