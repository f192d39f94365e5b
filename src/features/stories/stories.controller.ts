import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { StoryAnswer, StoryDto, StoryPage } from './stories.dto.js';
import { StoryService, type StoryWithAuthors } from './story.service.js';

const answerOf = ({ row, authorEmails }: StoryWithAuthors): StoryAnswer => ({
  id: row.id,
  key: row.key,
  url: row.url,
  title: row.title,
  titleSource: row.titleSource,
  titleHint: row.titleHint,
  section: row.section,
  publishedAt: row.publishedAt?.toISOString() ?? null,
  topics: row.topics,
  state: row.state,
  policy: row.policy as StoryAnswer['policy'],
  authorEmails: [...authorEmails],
  commentCount: row.commentCount,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

@ApiTags('stories')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/stories')
export class StoriesController {
  constructor(private readonly stories: StoryService) {}

  @Get()
  @ApiOperation({ summary: "List a site's stories" })
  @ApiOkResponse({ type: StoryPage })
  async list(@CurrentSiteContext() ctx: SiteContext, @Query() query: PageQuery): Promise<Page<StoryAnswer>> {
    const page = await this.stories.list(ctx, query.cursor, query.limit);
    return { items: page.items.map(answerOf), next: page.next };
  }

  @Get(':storyKey')
  @ApiOperation({ summary: 'Get a story' })
  @ApiOkResponse({ type: StoryAnswer })
  async read(@CurrentSiteContext() ctx: SiteContext, @Param('storyKey') key: string): Promise<StoryAnswer> {
    return answerOf(await this.stories.read(ctx, key));
  }

  @Put(':storyKey')
  @ApiOperation({ summary: 'Create or update a story' })
  @ApiOkResponse({ type: StoryAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('storyKey') key: string,
    @Body() body: StoryDto,
  ): Promise<StoryAnswer> {
    const draft = {
      key,
      url: body.url,
      title: body.title.trim(),
      section: body.section ?? null,
      publishedAt: body.publishedAt ? new Date(body.publishedAt) : null,
      topics: body.topics?.map(({ type, key, name }) => ({ type, key, name })) ?? [],
      state: body.state ?? null,
      policy: body.policy ?? null,
      authorEmails: body.authorEmails === undefined ? null : (body.authorEmails ?? []),
    };
    return answerOf(await this.stories.put(ctx, site, draft));
  }
}
