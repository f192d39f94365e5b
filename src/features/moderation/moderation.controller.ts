import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { notFound } from '../../platform/http/problem.js';
import type { CommentId, DecisionId, ReaderId } from '../../platform/ids.js';
import { builtInReasons, textsOf } from '../sites/reason-text.js';
import { ForViewers, PublisherScope } from '../sites/publisher.guard.js';
import { Caller } from '../sites/site.params.js';
import { SiteSettings } from '../sites/site-settings.js';
import { DecisionLists } from './decision-list.service.js';
import { Decisions } from './decision.service.js';
import { Looking } from './looking.service.js';
import { CommentDetail } from './comment-detail.dto.js';
import { DecisionsAnswer, DecisionsRequest, UndoAnswer } from './decisions.dto.js';
import {
  ConversationAnswer,
  LookingAnswer,
  LookingQuery,
  OpinionRequest,
  ReasonsAnswer,
  SiteQuery,
} from './moderation.dto.js';
import { QueueCount, QueueCountsAnswer, QueuePage } from './queue.dto.js';
import { StandingAnswer, StandingRequest } from './standing.dto.js';
import { ModeratorReach } from './moderator-reach.js';
import { QueueCountsView } from './queue-counts.view.js';
import { ConversationView } from './conversation.view.js';
import { Opinions } from './opinions.service.js';
import { filterOf } from './queue-filter.js';
import { QueueCountRequest, QueueRequest } from './queue-filter.dto.js';
import { QueueView } from './queue.view.js';
import { Standings } from './standing.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation')
export class ModerationController {
  constructor(
    private readonly reach: ModeratorReach,
    private readonly queue: QueueView,
    private readonly queueCounts: QueueCountsView,
    private readonly decisions: Decisions,
    private readonly lists: DecisionLists,
    private readonly looking: Looking,
    private readonly standings: Standings,
    private readonly sites: SiteSettings,
    private readonly opinions: Opinions,
    private readonly conversations: ConversationView,
  ) {}

  @Get('queue')
  @ForViewers()
  @ApiOperation({ summary: 'What there is to decide, or was decided' })
  @ApiOkResponse({ type: QueuePage })
  async list(@Caller() caller: Principal, @Query() query: QueueRequest): Promise<QueuePage> {
    const { site, state = 'held', sort = 'risk', cursor, limit } = query;
    const sites = await this.reach.sites(caller, site);
    return this.queue.list(caller, {
      sites,
      state,
      sort,
      filter: filterOf(query),
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
  }

  @Get('queue/counts')
  @ForViewers()
  @ApiOperation({ summary: 'How much waits, and since when' })
  @ApiOkResponse({ type: QueueCountsAnswer })
  async counts(@Caller() caller: Principal, @Query() { site }: SiteQuery): Promise<QueueCountsAnswer> {
    return { counts: await this.queueCounts.read(caller, await this.reach.sites(caller, site)) };
  }

  @Get('queue/count')
  @ForViewers()
  @ApiOperation({
    summary: 'How much a filter lets through, and since when the oldest waits',
    description: 'Of what was published or rejected, the latest 10,000 comments are looked at.',
  })
  @ApiOkResponse({ type: QueueCount })
  async count(@Caller() caller: Principal, @Query() query: QueueCountRequest): Promise<QueueCount> {
    const sites = await this.reach.sites(caller, query.site);
    return this.queueCounts.count(caller, sites, query.state ?? 'held', filterOf(query));
  }

  @Get('reasons')
  @ForViewers()
  @ApiOperation({ summary: 'Reasons to choose from' })
  @ApiOkResponse({ type: ReasonsAnswer })
  async reasons(@Caller() caller: Principal, @Query() { site }: SiteQuery): Promise<ReasonsAnswer> {
    const seen = new Map<string, ReasonsAnswer['items'][number]>();
    for (const siteId of await this.reach.sites(caller, site)) {
      for (const reason of (await this.sites.get(siteId)).policy.reasons) {
        if (!seen.has(reason.code)) seen.set(reason.code, { ...reason, texts: textsOf(reason) });
      }
    }
    return { items: [...seen.values()], builtIn: builtInReasons() };
  }

  @Post('decisions')
  @HttpCode(200)
  @ApiOperation({ summary: 'Decide comments' })
  @ApiOkResponse({ type: DecisionsAnswer })
  async decide(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Body() { decisions }: DecisionsRequest,
  ): Promise<DecisionsAnswer> {
    return { results: await this.lists.decide(caller, request, decisions) };
  }

  @Post('decisions/:id/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take back an own decision within 30 seconds' })
  @ApiOkResponse({ type: UndoAnswer })
  async undo(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<UndoAnswer> {
    return this.decisions.undo(await this.reach.ofDecision(caller, request.id, id), id as DecisionId);
  }

  @Get('comments/:id')
  @ForViewers()
  @ApiOperation({ summary: 'Everything known of a comment' })
  @ApiOkResponse({ type: CommentDetail })
  async comment(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<CommentDetail> {
    const ctx = await this.reach.ofComment(caller, request.id, id, 'moderation-read');
    const found = await this.queue.detail(ctx, id as CommentId);
    if (!found) throw notFound('This comment');
    return found;
  }

  @Get('comments/:id/looking')
  @ForViewers()
  @ApiOperation({ summary: 'Who looks at a comment' })
  @ApiOkResponse({ type: LookingAnswer })
  async lookers(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<LookingAnswer> {
    const ctx = await this.reach.ofComment(caller, request.id, id, 'moderation-read');
    return { lookingAt: await this.looking.at(ctx, id as CommentId) };
  }

  @Get('comments/:id/conversation')
  @ForViewers()
  @ApiOperation({ summary: 'What stands around a comment, also what readers do not see' })
  @ApiOkResponse({ type: ConversationAnswer })
  async conversation(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ConversationAnswer> {
    const ctx = await this.reach.ofComment(caller, request.id, id, 'moderation-read');
    return { items: await this.conversations.read(ctx, id as CommentId) };
  }

  @Post('comments/:id/opinions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say which way one leans, and leave it to a colleague',
    description: 'Decides nothing: the comment stays where it waits, marked. Once more replaces one’s own.',
  })
  @ApiOkResponse({ type: CommentDetail })
  async opine(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: OpinionRequest,
  ): Promise<CommentDetail> {
    const ctx = await this.reach.ofComment(caller, request.id, id);
    await this.opinions.give(ctx, id as CommentId, body);
    const found = await this.queue.detail(ctx, id as CommentId);
    if (!found) throw notFound('This comment');
    return found;
  }

  @Put('comments/:id/looking')
  @ApiOperation({ summary: 'Tell others that one looks at a comment' })
  @ApiOkResponse({ type: LookingAnswer })
  async look(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() { tab }: LookingQuery,
  ): Promise<LookingAnswer> {
    const ctx = await this.reach.ofComment(caller, request.id, id);
    return { lookingAt: await this.looking.look(ctx, id as CommentId, tab) };
  }

  @Delete('comments/:id/looking')
  @HttpCode(204)
  @ApiOperation({ summary: 'Look no more' })
  @ApiNoContentResponse()
  async lookAway(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() { tab }: LookingQuery,
  ): Promise<void> {
    await this.looking.lookAway(await this.reach.ofComment(caller, request.id, id), id as CommentId, tab);
  }

  @Post('readers/:id/standing')
  @HttpCode(200)
  @ApiOperation({ summary: 'Warn, suspend, ban or trust a reader' })
  @ApiOkResponse({ type: StandingAnswer })
  async standing(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: StandingRequest,
  ): Promise<StandingAnswer> {
    const ctx = await this.reach.ofReader(caller, request.id, id);
    return this.standings.set(ctx, id as ReaderId, body, request.arrivedAtMs);
  }
}
