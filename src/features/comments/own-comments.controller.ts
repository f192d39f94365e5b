import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { PageQuery } from '../../platform/http/fields.js';
import { rateLimited } from '../../platform/http/problem.js';
import { Limits } from '../../platform/limits/limits.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService } from '../entitlements/gate.service.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { Reader } from '../readers/reader.params.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { Facts, Site } from '../sites/site.params.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { renderBody } from './markdown.js';
import {
  OwnCommentList,
  ParticipantList,
  ParticipantQuery,
  PreviewAnswer,
  PreviewBody,
  ReaderExportAnswer,
} from './own-comments.dto.js';
import { OwnCommentsView } from './own-comments.view.js';
import { ReaderExportView } from './reader-export.view.js';
import { StoryPeopleView } from './story-people.view.js';
import { textOf } from './submission.service.js';
import { policyOf } from '../stories/story-facts.js';
import { eyesOf } from './thread.service.js';
import { ownForViewer } from './viewer-json.js';

const PREVIEWS_PER_MINUTE = 60;
const EXPORTS_PER_HOUR = 10;

/** What readers see of their own, and what helps them write. */
@ApiTags('readers')
@Controller('api/v1')
export class OwnCommentsController {
  constructor(
    private readonly comments: OwnCommentsView,
    private readonly people: StoryPeopleView,
    private readonly exports: ReaderExportView,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  @Get('me/comments')
  @ReaderRoute({ site: 'token', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Own comments on every story, newest first, with what became of them' })
  @ApiOkResponse({ type: OwnCommentList })
  async own(
    @Site() ctx: SiteContext,
    @Facts() site: SiteFacts,
    @Reader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<OwnCommentList> {
    const page = await this.comments.page(ctx, reader.id, { cursor, limit });
    const now = this.clock.now();
    const eyes = eyesOf(site, policyOf(site, null, now), reader.id, now.getTime());
    return {
      items: page.items.map(({ json, story, reactions, appeal }) => ({
        ...(JSON.parse(
          ownForViewer(json, eyes, reactions, false, appeal),
        ) as OwnCommentList['items'][number]),
        story,
      })),
      next: page.next,
    };
  }

  @Get('me/export')
  @ReaderRoute({ site: 'token', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @Header('content-disposition', 'attachment; filename="comments.json"')
  @ApiOperation({ summary: 'Everything that is held about the reader' })
  @ApiOkResponse({ type: ReaderExportAnswer })
  async export(@Site() ctx: SiteContext, @Reader() reader: SignedInReader): Promise<ReaderExportAnswer> {
    await this.count(`export:${ctx.siteId}:${reader.key}`, EXPORTS_PER_HOUR, 3_600_000);
    return (await this.exports.read(ctx, reader.id)) as unknown as ReaderExportAnswer;
  }

  @Post('sites/:site/preview')
  @HttpCode(200)
  @ReaderRoute({ site: 'path', token: 'required', store: false })
  @ApiOperation({ summary: 'How a text will look; nothing is stored' })
  @ApiOkResponse({ type: PreviewAnswer })
  async preview(
    @Site() ctx: SiteContext,
    @Facts() site: SiteFacts,
    @Reader() reader: SignedInReader,
    @Body() { body }: PreviewBody,
  ): Promise<PreviewAnswer> {
    await this.count(`preview:${ctx.siteId}:${reader.key}`, PREVIEWS_PER_MINUTE, 60_000);
    return { html: renderBody(textOf(body, { ...site.policy.body, minChars: 0 }).body) };
  }

  @Get('sites/:site/stories/:storyKey/people')
  @ReaderRoute({ site: 'path', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({
    summary: 'Who can be mentioned under a story: those who wrote there, for whoever may read it',
  })
  @ApiOkResponse({ type: ParticipantList })
  async participants(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Param('storyKey') storyKey: string,
    @Query() { start = '' }: ParticipantQuery,
  ): Promise<ParticipantList> {
    const story = await this.stories.resolve(ctx, storyKey, { url: undefined, title: undefined, ip: '' });
    this.gates.demand(ctx, await this.gates.forReader(ctx, reader, story), 'read');
    return { items: await this.people.startingWith(ctx, story.id, start, reader.id) };
  }

  private async count(key: string, max: number, windowMs: number): Promise<void> {
    const verdict = await this.limits.hit(key, max, windowMs);
    if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000);
  }
}
