import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { PageQuery } from '../../platform/http/fields.js';
import { rateLimited } from '../../platform/http/problem.js';
import { Limits } from '../../platform/limits/limits.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService } from '../entitlements/gate.service.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { renderBody } from './markdown.js';
import {
  MyCommentList,
  ParticipantList,
  ParticipantQuery,
  PreviewAnswer,
  PreviewBody,
  ReaderExportAnswer,
} from './my-comments.dto.js';
import { MyCommentsView } from './my-comments.view.js';
import { ReaderExportView } from './reader-export.view.js';
import { StoryParticipantsView } from './story-participants.view.js';
import { parseCommentText } from './submission.service.js';
import { resolveStoryPolicy } from '../stories/story-facts.js';
import { viewerContextFor } from './thread.service.js';
import { ownCommentJson } from './viewer-json.js';

const PREVIEWS_PER_MINUTE = 60;
const EXPORTS_PER_HOUR = 10;

/** Endpoints for a reader's own comments and data, and for writing comments. */
@ApiTags('readers')
@Controller('api/v1')
export class MyCommentsController {
  constructor(
    private readonly comments: MyCommentsView,
    private readonly participantsView: StoryParticipantsView,
    private readonly exports: ReaderExportView,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  @Get('me/comments')
  @ReaderRoute({ site: 'token', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'List your own comments on all stories, newest first, with their status' })
  @ApiOkResponse({ type: MyCommentList })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<MyCommentList> {
    const page = await this.comments.page(ctx, reader.id, { cursor, limit });
    const now = this.clock.now();
    const viewerContext = viewerContextFor(
      site,
      resolveStoryPolicy(site, null, now),
      reader.id,
      now.getTime(),
    );
    return {
      items: page.items.map(({ json, story, reactions, appeal }) => ({
        ...(JSON.parse(
          ownCommentJson(json, viewerContext, reactions, false, appeal),
        ) as MyCommentList['items'][number]),
        story,
      })),
      next: page.next,
    };
  }

  @Get('me/export')
  @ReaderRoute({ site: 'token', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @Header('content-disposition', 'attachment; filename="comments.json"')
  @ApiOperation({ summary: 'Export all data stored about the reader' })
  @ApiOkResponse({ type: ReaderExportAnswer })
  async export(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<ReaderExportAnswer> {
    await this.enforceLimit(`export:${ctx.siteId}:${reader.key}`, EXPORTS_PER_HOUR, 3_600_000);
    return (await this.exports.read(ctx, reader.id)) as unknown as ReaderExportAnswer;
  }

  @Post('sites/:site/preview')
  @HttpCode(200)
  @ReaderRoute({ site: 'path', token: 'required', store: false })
  @ApiOperation({ summary: 'Preview a text as HTML; nothing is stored' })
  @ApiOkResponse({ type: PreviewAnswer })
  async preview(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Body() { body }: PreviewBody,
  ): Promise<PreviewAnswer> {
    await this.enforceLimit(`preview:${ctx.siteId}:${reader.key}`, PREVIEWS_PER_MINUTE, 60_000);
    return { html: renderBody(parseCommentText(body, { ...site.policy.body, minChars: 0 }).body) };
  }

  @Get('sites/:site/stories/:storyKey/people')
  @ReaderRoute({ site: 'path', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({
    summary:
      'List the people who can be mentioned under a story: those who commented there. Requires permission to read the story',
  })
  @ApiOkResponse({ type: ParticipantList })
  async participants(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('storyKey') storyKey: string,
    @Query() { start = '' }: ParticipantQuery,
  ): Promise<ParticipantList> {
    const story = await this.stories.resolve(ctx, storyKey, { url: undefined, title: undefined, ip: '' });
    this.gates.requireAllowed(ctx, await this.gates.forReader(ctx, reader, story), 'read');
    return { items: await this.participantsView.findByNamePrefix(ctx, story.id, start, reader.id) };
  }

  private async enforceLimit(key: string, max: number, windowMs: number): Promise<void> {
    const limit = await this.limits.hit(key, max, windowMs);
    if (!limit.allowed) throw rateLimited(limit.retryAfterMs / 1000);
  }
}
