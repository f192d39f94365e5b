import { Controller, Get, Header, Ip, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { invalid, rateLimited } from '../../platform/http/problem.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import { Limits } from '../../platform/limits/limits.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { FoundStories, FoundTopics, StorySearchQuery, TopicAnswer, TopicSearchQuery } from './search.dto.js';
import { SearchView } from './search.view.js';
import { TopicDetailsService } from './topic-details.service.js';

const SEARCHES_PER_MINUTE = 120;

/** Public search on a site. */
@ApiTags('search')
@ReaderRoute({ site: 'path', token: 'optional' })
@Controller('api/v1/sites/:site')
export class SearchController {
  constructor(
    private readonly view: SearchView,
    private readonly details: TopicDetailsService,
    private readonly limits: Limits,
  ) {}

  @Get('search')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Search stories by words in their titles, sections and topics, or by one topic' })
  @ApiOkResponse({ type: FoundStories })
  async stories(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { q = '', topicType, topicKey, cursor, limit }: StorySearchQuery,
    @Ip() ip: string,
  ): Promise<FoundStories> {
    if ((topicType === undefined) !== (topicKey === undefined)) {
      const [pointer, other] =
        topicType === undefined ? ['/query/topicType', 'topicKey'] : ['/query/topicKey', 'topicType'];
      throw invalid([
        { pointer, code: 'required', message: `This parameter is required together with ${other}.` },
      ]);
    }
    await this.enforceLimit(ctx, ip);
    const topic =
      topicType !== undefined && topicKey !== undefined ? { type: topicType, key: topicKey } : null;
    return this.view.stories(ctx, { text: q, topic }, { cursor, limit });
  }

  @Get('topics')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Search topics: companies, instruments or anything else that the publisher tags stories with',
  })
  @ApiOkResponse({ type: FoundTopics })
  async topics(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { q = '', type, cursor, limit }: TopicSearchQuery,
    @Ip() ip: string,
  ): Promise<FoundTopics> {
    await this.enforceLimit(ctx, ip);
    return this.view.topics(ctx, { words: q, type: type ?? null }, { cursor, limit });
  }

  @Get('topics/:type/:topicKey')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Get a topic: the publisher’s facts about it, its latest stories and comments' })
  @ApiOkResponse({ type: TopicAnswer })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
    @Param('type') type: string,
    @Param('topicKey') key: string,
  ): Promise<TopicAnswer> {
    return this.details.read(ctx, reader, type, key);
  }

  private async enforceLimit(ctx: SiteContext, ip: string): Promise<void> {
    const verdict = await this.limits.hit(
      `search:${ctx.siteId}:${clientNetwork(ip)}`,
      SEARCHES_PER_MINUTE,
      60_000,
    );
    if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000);
  }
}
