import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { notFound } from '../../platform/http/problem.js';
import type { CommentId, DecisionId, ReaderId } from '../../platform/ids.js';
import { defaultReasonsWithTexts, textsOf } from '../sites/reason-text.js';
import { AllowViewers, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { SiteSettings } from '../sites/site-settings.js';
import { DecisionListService } from './decision-list.service.js';
import { DecisionService } from './decision.service.js';
import { ClaimsService } from './claims.service.js';
import { CommentDetail, NearDuplicatesAnswer, SimilarDecisionsAnswer } from './comment-detail.dto.js';
import { NearDuplicatesView } from './near-duplicates.view.js';
import { SimilarDecisionsView } from './similar-decisions.view.js';
import { DecisionsAnswer, DecisionsRequest, UndoAnswer } from './decisions.dto.js';
import {
  ConversationAnswer,
  ClaimsAnswer,
  ClaimQuery,
  OpinionRequest,
  ReasonsAnswer,
  SiteQuery,
} from './moderation.dto.js';
import { QueueCount, QueueCountsAnswer, QueuePage } from './queue.dto.js';
import { SanctionAnswer, SanctionRequest } from './sanctions.dto.js';
import { ModerationAccess } from './moderation-access.js';
import { QueueCountsView } from './queue-counts.view.js';
import { ConversationView } from './conversation.view.js';
import { OpinionsService } from './opinions.service.js';
import { filterOf } from './queue-filter.js';
import { QueueCountRequest, QueueRequest } from './queue-filter.dto.js';
import { QueueView } from './queue.view.js';
import { SanctionsService } from './sanctions.service.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation')
export class ModerationController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly queue: QueueView,
    private readonly queueCounts: QueueCountsView,
    private readonly decisions: DecisionService,
    private readonly lists: DecisionListService,
    private readonly claims: ClaimsService,
    private readonly sanctions: SanctionsService,
    private readonly sites: SiteSettings,
    private readonly opinions: OpinionsService,
    private readonly conversations: ConversationView,
    private readonly similar: SimilarDecisionsView,
    private readonly nearDuplicates: NearDuplicatesView,
  ) {}

  @Get('queue')
  @AllowViewers()
  @ApiOperation({ summary: 'List the moderation queue or past decisions' })
  @ApiOkResponse({ type: QueuePage })
  async list(@CurrentPrincipal() caller: Principal, @Query() query: QueueRequest): Promise<QueuePage> {
    const { site, state = 'held', sort = 'risk', cursor, limit } = query;
    const sites = await this.access.sites(caller, site);
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
  @AllowViewers()
  @ApiOperation({ summary: 'Count the comments in each list, with the waiting time of the oldest' })
  @ApiOkResponse({ type: QueueCountsAnswer })
  async counts(
    @CurrentPrincipal() caller: Principal,
    @Query() { site }: SiteQuery,
  ): Promise<QueueCountsAnswer> {
    return { counts: await this.queueCounts.read(caller, await this.access.sites(caller, site)) };
  }

  @Get('queue/count')
  @AllowViewers()
  @ApiOperation({
    summary: 'Count the comments that match a filter, with the waiting time of the oldest',
    description: 'For published and rejected comments, only the latest 10,000 are searched.',
  })
  @ApiOkResponse({ type: QueueCount })
  async count(@CurrentPrincipal() caller: Principal, @Query() query: QueueCountRequest): Promise<QueueCount> {
    const sites = await this.access.sites(caller, query.site);
    return this.queueCounts.count(caller, sites, query.state ?? 'held', filterOf(query));
  }

  @Get('reasons')
  @AllowViewers()
  @ApiOperation({ summary: 'List the reasons to choose from' })
  @ApiOkResponse({ type: ReasonsAnswer })
  async reasons(@CurrentPrincipal() caller: Principal, @Query() { site }: SiteQuery): Promise<ReasonsAnswer> {
    const reasonsByCode = new Map<string, ReasonsAnswer['items'][number]>();
    for (const siteId of await this.access.sites(caller, site)) {
      for (const reason of (await this.sites.get(siteId)).policy.reasons) {
        if (!reasonsByCode.has(reason.code))
          reasonsByCode.set(reason.code, { ...reason, texts: textsOf(reason) });
      }
    }
    return { items: [...reasonsByCode.values()], builtIn: defaultReasonsWithTexts() };
  }

  @Post('decisions')
  @HttpCode(200)
  @ApiOperation({ summary: 'Decide comments' })
  @ApiOkResponse({ type: DecisionsAnswer })
  async decide(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Body() { decisions }: DecisionsRequest,
  ): Promise<DecisionsAnswer> {
    return { results: await this.lists.decide(caller, request, decisions) };
  }

  @Post('decisions/:id/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undo your own decision within 30 seconds' })
  @ApiOkResponse({ type: UndoAnswer })
  async undo(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<UndoAnswer> {
    return this.decisions.undo(await this.access.contextOfDecision(caller, request.id, id), id as DecisionId);
  }

  @Get('comments/:id')
  @AllowViewers()
  @ApiOperation({ summary: 'Get all details of a comment' })
  @ApiOkResponse({ type: CommentDetail })
  async comment(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<CommentDetail> {
    const ctx = await this.access.contextOfComment(caller, request.id, id, 'moderation-read');
    const found = await this.queue.detail(ctx, id as CommentId);
    if (!found) throw notFound('This comment');
    return found;
  }

  @Get('comments/:id/similar-decisions')
  @AllowViewers()
  @ApiOperation({
    summary: 'List past decisions about similar comments',
    description:
      'Compares the meaning of the comment with those that moderators decided, at most the latest 100,000.',
  })
  @ApiOkResponse({ type: SimilarDecisionsAnswer })
  async similarDecisions(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<SimilarDecisionsAnswer> {
    const ctx = await this.access.contextOfComment(caller, request.id, id, 'moderation-read');
    const found = await this.similar.read(ctx, id as CommentId);
    if (!found) throw notFound('This comment');
    return found;
  }

  @Get('comments/:id/near-duplicates')
  @AllowViewers()
  @ApiOperation({
    summary: 'List recent comments with nearly the same text',
    description:
      'Comments of the last 7 days, at most the latest 20,000, that say the same in nearly the same words, by any author. For information: they have no effect on scores or decisions.',
  })
  @ApiOkResponse({ type: NearDuplicatesAnswer })
  async listNearDuplicates(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<NearDuplicatesAnswer> {
    const ctx = await this.access.contextOfComment(caller, request.id, id, 'moderation-read');
    const found = await this.nearDuplicates.read(ctx, id as CommentId);
    if (!found) throw notFound('This comment');
    return found;
  }

  @Get('comments/:id/claims')
  @AllowViewers()
  @ApiOperation({ summary: 'List who has a comment open' })
  @ApiOkResponse({ type: ClaimsAnswer })
  async claimants(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ClaimsAnswer> {
    const ctx = await this.access.contextOfComment(caller, request.id, id, 'moderation-read');
    return { claimants: await this.claims.list(ctx, id as CommentId) };
  }

  @Get('comments/:id/conversation')
  @AllowViewers()
  @ApiOperation({
    summary: 'Get the conversation around a comment, including comments that readers do not see',
  })
  @ApiOkResponse({ type: ConversationAnswer })
  async conversation(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ConversationAnswer> {
    const ctx = await this.access.contextOfComment(caller, request.id, id, 'moderation-read');
    return { items: await this.conversations.read(ctx, id as CommentId) };
  }

  @Post('comments/:id/opinions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give an opinion and leave the decision to a colleague',
    description:
      'Decides nothing: the comment stays in the queue and is marked. Calling it again replaces your own opinion.',
  })
  @ApiOkResponse({ type: CommentDetail })
  async giveOpinion(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: OpinionRequest,
  ): Promise<CommentDetail> {
    const ctx = await this.access.contextOfComment(caller, request.id, id);
    await this.opinions.record(ctx, id as CommentId, body);
    const found = await this.queue.detail(ctx, id as CommentId);
    if (!found) throw notFound('This comment');
    return found;
  }

  @Put('comments/:id/claims')
  @ApiOperation({ summary: 'Claim a comment while you have it open' })
  @ApiOkResponse({ type: ClaimsAnswer })
  async claim(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() { tab }: ClaimQuery,
  ): Promise<ClaimsAnswer> {
    const ctx = await this.access.contextOfComment(caller, request.id, id);
    return { claimants: await this.claims.claim(ctx, id as CommentId, tab) };
  }

  @Delete('comments/:id/claims')
  @HttpCode(204)
  @ApiOperation({ summary: 'Release your claim on a comment' })
  @ApiNoContentResponse()
  async releaseClaim(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() { tab }: ClaimQuery,
  ): Promise<void> {
    await this.claims.releaseClaim(
      await this.access.contextOfComment(caller, request.id, id),
      id as CommentId,
      tab,
    );
  }

  @Post('readers/:id/standing')
  @HttpCode(200)
  @ApiOperation({ summary: 'Warn, suspend, ban or trust a reader' })
  @ApiOkResponse({ type: SanctionAnswer })
  async setSanction(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: SanctionRequest,
  ): Promise<SanctionAnswer> {
    const ctx = await this.access.contextOfReader(caller, request.id, id);
    return this.sanctions.set(ctx, id as ReaderId, body, request.arrivedAtMs);
  }
}
