import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { OneOf } from '../../../platform/http/fields.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../../readers/reader.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import type { ThreadDto } from '../comments.dto.js';
import { isUnchanged } from '../public-thread-cache.js';
import { ThreadService } from '../thread.service.js';
import { jsonFeed, rssFeed } from './story-feed.js';
import { PAGE_CSP, storyPage, threadMarkup } from './story-page.js';

/** Maximum number of top-level comments in a feed or on the page, each with its first replies. */
const MAX_CONVERSATIONS = 50;

export class StoryPageQuery {
  @OneOf(['page', 'thread'], {
    optional: true,
    description:
      '`thread` returns only the markup to embed in the publisher’s page; `page` (the default) returns a complete page.',
  })
  part?: 'page' | 'thread';
}

/**
 * A story's public thread for clients without scripts: feed readers, search engines and browsers without JavaScript.
 */
@ApiTags('comments')
@Controller('api/v1/sites/:site/stories/:storyKey')
export class FeedsController {
  constructor(
    private readonly threads: ThreadService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('feed.json')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiProduces('application/feed+json')
  @ApiOperation({ summary: 'Get a story’s newest conversations as JSON Feed' })
  @ApiOkResponse({ content: { 'application/feed+json': { schema: { type: 'object' } } } })
  async json(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('storyKey') storyKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const feedUrl = this.urlOf(ctx, storyKey, 'feed.json');
    await this.send(ctx, storyKey, request, reply, 'application/feed+json', (thread) =>
      jsonFeed(thread, feedUrl),
    );
  }

  @Get('feed.rss')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiProduces('application/rss+xml')
  @ApiOperation({ summary: 'Get a story’s newest conversations as RSS 2.0' })
  @ApiOkResponse({ content: { 'application/rss+xml': { schema: { type: 'string' } } } })
  async rss(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('storyKey') storyKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const feedUrl = this.urlOf(ctx, storyKey, 'feed.rss');
    await this.send(ctx, storyKey, request, reply, 'application/rss+xml', (thread) =>
      rssFeed(thread, feedUrl),
    );
  }

  @Get('page')
  @ReaderRoute({ site: 'path', token: 'optional' })
  @ApiProduces('text/html')
  @ApiOperation({ summary: 'Get a story’s first page of comments as HTML with schema.org linked data' })
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  async page(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('storyKey') storyKey: string,
    @Query() { part }: StoryPageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.header('content-security-policy', PAGE_CSP);
    const feedUrl = this.urlOf(ctx, storyKey, 'feed.rss');
    await this.send(ctx, storyKey, request, reply, 'text/html', (thread) =>
      part === 'thread' ? threadMarkup(thread) : storyPage(thread, feedUrl),
    );
  }

  /**
   * Returns the public URL of a story's feed. Built from `PUBLIC_URL` only, because the request's `Host` is not
   * trusted.
   */
  private urlOf({ siteId }: SiteContext, storyKey: string, name: string): string {
    return `${this.settings.publicUrl}/api/v1/sites/${siteId}/stories/${encodeURIComponent(storyKey)}/${name}`;
  }

  /** Sends the thread in the format that `render` produces, with the weak form of the thread's `ETag`. */
  private async send(
    ctx: SiteContext,
    storyKey: string,
    request: FastifyRequest,
    reply: FastifyReply,
    type: string,
    render: (thread: ThreadDto) => string,
  ): Promise<void> {
    const hint = { url: undefined, title: undefined, ip: request.ip };
    const query = { sort: 'newest', cursor: undefined, limit: MAX_CONVERSATIONS } as const;
    const { body } = await this.threads.forPublic(ctx, storyKey, hint, query);
    const etag = body.weakEtag;
    void reply.header('etag', etag).header('cache-control', 'public, max-age=60');
    if (isUnchanged(request.headers['if-none-match'], etag)) return void reply.code(304).send();
    const thread = JSON.parse(body.text) as ThreadDto;
    void reply.header('content-type', `${type}; charset=utf-8`).send(render(thread));
  }
}
