import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { acceptRawBody } from '../../../platform/http/file-routes.js';
import { IgnoresIdempotencyKey } from '../../../platform/http/idempotency.interceptor.js';
import { notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { RequiresConfirmation, PublisherScope } from '../../sites/publisher.guard.js';
import type { CoralPhase, SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { answerWithinMs, type CoralAnswer } from './coral-answer.js';
import { CoralModerationService } from './coral-moderation.service.js';
import { CoralPhaseHealth } from './coral-phase-health.js';
import { CoralPhaseSettingsService } from './coral-phase-settings.service.js';
import { CoralModerationAnswer, CoralPhaseAnswer, CoralPhaseBody } from './coral-phase.dto.js';

const PATH = 'api/v1/sites/:site/coral/moderation-phase';
// Take the raw body. If an earlier check, such as the size limit, rejected the request, Coral would publish the comment.
acceptRawBody(PATH);

@ApiTags('transfer')
@Controller(PATH)
export class CoralPhaseController {
  constructor(
    private readonly phases: CoralPhaseSettingsService,
    private readonly health: CoralPhaseHealth,
    private readonly moderation: CoralModerationService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @PublisherScope('publisher')
  @ApiOperation({
    summary: "Get the settings of Coral's moderation phase, and the outcome of its last requests",
  })
  @ApiOkResponse({ type: CoralPhaseAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
  ): Promise<CoralPhaseAnswer> {
    return this.answerOf(ctx, site.coralPhase);
  }

  @Put()
  @RequiresConfirmation()
  @PublisherScope('publisher')
  @ApiOperation({ summary: "Set up Coral's moderation phase" })
  @ApiOkResponse({ type: CoralPhaseAnswer })
  async put(@CurrentSiteContext() ctx: SiteContext, @Body() body: CoralPhaseBody): Promise<CoralPhaseAnswer> {
    return this.answerOf(ctx, await this.phases.put(ctx, body));
  }

  @Delete()
  @RequiresConfirmation()
  @HttpCode(204)
  @PublisherScope('publisher')
  @ApiOperation({ summary: "Remove Coral's moderation phase" })
  @ApiNoContentResponse({ description: 'Requests from Coral are rejected from now on.' })
  remove(@CurrentSiteContext() ctx: SiteContext): Promise<void> {
    return this.phases.remove(ctx);
  }

  @Post()
  @IgnoresIdempotencyKey()
  @HttpCode(200)
  @ApiOperation({
    summary:
      "Handle a request of Coral's external moderation phase, authenticated by Coral's own signature instead of a key",
    description:
      'Implements EXTERNAL_MODERATION_PHASES.md of Coral. A signed request always gets a 200 within the time limit. If anything fails, the response holds the comment, because Coral publishes a comment if its phase fails.',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiOkResponse({ type: CoralModerationAnswer })
  moderate(
    @Req() { headers, raw, id: requestId }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('site') siteId: string,
  ): Promise<CoralAnswer> {
    return this.moderation.answer(siteId, { headers, body: raw, requestId, elapsedMs: reply.elapsedTime });
  }

  /** @throws Problem 404 if Coral's moderation phase is not set up */
  private async answerOf(ctx: SiteContext, phase: CoralPhase | null): Promise<CoralPhaseAnswer> {
    const state = phase && (await this.health.read(ctx));
    if (!phase || !state) throw notFound('The Coral moderation phase of this site');
    return {
      url: `${this.settings.publicUrl}/api/v1/sites/${ctx.siteId}/coral/moderation-phase`,
      timeoutMs: phase.timeoutMs,
      answerWithinMs: answerWithinMs(phase.timeoutMs),
      previousSecretValidUntil: phase.secrets[1]?.until ?? null,
      lastAnswerAt: state.lastAnswerAt?.toISOString() ?? null,
      lastAnswer: state.lastAnswer,
      lastRule: state.lastRule,
      lastFailureAt: state.lastFailureAt?.toISOString() ?? null,
      lastFailure: state.lastFailure,
      updatedAt: state.updatedAt.toISOString(),
    };
  }
}
