import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Database } from '../../../platform/database/database.js';
import { Cursors } from '../../../platform/http/cursor.js';
import { PageQuery } from '../../../platform/http/fields.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { draftScoreOf } from './draft-score.js';
import {
  DifferencePage,
  DraftRequest,
  PolicyReplayAnswer,
  PolicyReplayList,
  PolicyReplayRequest,
  ShadowAnswer,
  WordListPreviewAnswer,
  WordListPreviewRequest,
  WordTestAnswer,
  WordTestRequest,
} from './policy-simulation.dto.js';
import { ReplayRepository, type Replay } from './replay.repository.js';
import { ReplaysService } from './replays.service.js';
import { ShadowService, type Shadow } from './shadow.service.js';
import { findEntries, WordListPreview } from './word-list-preview.js';

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/policy')
export class PolicySimulationController {
  constructor(
    private readonly replays: ReplaysService,
    private readonly repository: ReplayRepository,
    private readonly shadows: ShadowService,
    private readonly wordListPreview: WordListPreview,
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Post('replays')
  @HttpCode(202)
  @ApiOperation({ summary: 'Replay a draft policy over past comments, in the background' })
  @ApiAcceptedResponse({ type: PolicyReplayAnswer })
  async replay(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() { policy, comments }: PolicyReplayRequest,
  ): Promise<PolicyReplayAnswer> {
    return replayAnswer(await this.replays.start(ctx, site, policy, comments));
  }

  @Get('replays')
  @ApiOperation({ summary: 'List replays of draft policies' })
  @ApiOkResponse({ type: PolicyReplayList })
  async listReplays(@CurrentSiteContext() ctx: SiteContext): Promise<PolicyReplayList> {
    return { items: (await this.replays.list(ctx)).map(replayAnswer) };
  }

  @Get('replays/:replay')
  @ApiOperation({ summary: 'Get the progress and results of a replay' })
  @ApiOkResponse({ type: PolicyReplayAnswer })
  async readReplay(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('replay') id: string,
  ): Promise<PolicyReplayAnswer> {
    return replayAnswer(await this.replays.find(ctx, id));
  }

  @Get('replays/:replay/differences')
  @ApiOperation({ summary: 'List comments that the draft decides differently' })
  @ApiOkResponse({ type: DifferencePage })
  async differences(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('replay') replayId: string,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<DifferencePage> {
    const { id } = await this.replays.find(ctx, replayId);
    const list = `replay:${id}`;
    const [before = null] = this.cursors.read(list, cursor) ?? [];
    const rows = await this.database.inSite(ctx, (tx) =>
      this.repository.differences(tx, ctx, id, before as string | null, limit + 1),
    );
    return this.cursors.page(
      rows,
      limit,
      list,
      ({ commentId }) => [commentId],
      (row) => row,
    );
  }

  @Post('replays/:replay/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a replay and keep its results so far' })
  @ApiOkResponse({ type: PolicyReplayAnswer })
  async cancel(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('replay') id: string,
  ): Promise<PolicyReplayAnswer> {
    return replayAnswer(await this.replays.cancel(ctx, id));
  }

  @Post('replays/:replay/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Resume a replay from where it stopped' })
  @ApiOkResponse({ type: PolicyReplayAnswer })
  async resume(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('replay') id: string,
  ): Promise<PolicyReplayAnswer> {
    return replayAnswer(await this.replays.resume(ctx, id));
  }

  @Put('shadow')
  @ApiOperation({
    summary: 'Run a draft policy in shadow mode. Its decisions are counted but have no effect',
  })
  @ApiOkResponse({ type: ShadowAnswer })
  async setShadow(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() { policy }: DraftRequest,
  ): Promise<ShadowAnswer> {
    return this.shadowAnswer(ctx, await this.shadows.set(ctx, site, policy));
  }

  @Get('shadow')
  @ApiOperation({ summary: 'Get the draft in shadow mode and its score' })
  @ApiOkResponse({ type: ShadowAnswer })
  async readShadow(@CurrentSiteContext() ctx: SiteContext): Promise<ShadowAnswer> {
    return this.shadowAnswer(ctx, await this.shadows.find(ctx));
  }

  @Delete('shadow')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the draft from shadow mode' })
  @ApiNoContentResponse()
  endShadow(@CurrentSiteContext() ctx: SiteContext): Promise<void> {
    return this.shadows.end(ctx);
  }

  @Post('word-test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Find the word-list entries that occur in a text' })
  @ApiOkResponse({ type: WordTestAnswer })
  testWords(@Body() { text, entries }: WordTestRequest): WordTestAnswer {
    return { found: findEntries([...new Set(entries)], text) };
  }

  @Post('word-list-preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Preview what each word-list entry would have matched in the last 30 days' })
  @ApiOkResponse({ type: WordListPreviewAnswer })
  async previewWords(
    @CurrentSiteContext() ctx: SiteContext,
    @Body() { entries }: WordListPreviewRequest,
  ): Promise<WordListPreviewAnswer> {
    const matches = await this.wordListPreview.preview(ctx, [...new Set(entries)]);
    return { ...matches, since: matches.since.toISOString() };
  }

  private async shadowAnswer(
    ctx: SiteContext,
    { draft, tally, since, actor, id }: Shadow,
  ): Promise<ShadowAnswer> {
    return {
      id,
      policy: draft,
      actor: actorOf(actor),
      since: since.toISOString(),
      score: draftScoreOf(tally),
      differences: await this.shadows.differences(ctx),
    };
  }
}

const actorOf = (actor: { kind: string; name?: string } | null): PolicyReplayAnswer['actor'] =>
  actor && { kind: actor.kind, ...(actor.name ? { name: actor.name } : {}) };

const replayAnswer = (replay: Replay): PolicyReplayAnswer => ({
  id: replay.id,
  state: replay.state,
  policy: replay.draft,
  policyVersion: replay.policyVersion,
  comments: replay.maxComments,
  seen: replay.seen,
  score: draftScoreOf(replay.tally),
  actor: actorOf(replay.actor),
  createdAt: replay.createdAt.toISOString(),
  endedAt: replay.endedAt?.toISOString() ?? null,
});
