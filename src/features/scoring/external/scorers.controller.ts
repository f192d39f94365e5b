import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock.js';
import { ShowsSecrets } from '../../../platform/http/idempotency.interceptor.js';
import { invalid, notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { RequiresConfirmation, PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import type { ScorerState } from './external-scorer.repository.js';
import { CHAT_DEFAULTS } from './chat.js';
import { ExternalScorersService, usesOf } from './external-scorers.service.js';
import { ExternalScoringService } from './external-scoring.service.js';
import { bandOf } from './second-opinion.js';
import {
  PutScorerAnswer,
  RotatedScorerSecret,
  ScorerAnswer,
  ScorerList,
  ScorerSettings,
  ScorerTrial,
  ScorerTrialAnswer,
} from './scorers.dto.js';

const KEY = /^[a-z][a-z0-9-]{0,31}$/;

@ApiTags('scoring')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/scorers')
export class ScorersController {
  constructor(
    private readonly scorers: ExternalScorersService,
    private readonly scoring: ExternalScoringService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List external scorers' })
  @ApiOkResponse({ type: ScorerList })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<ScorerList> {
    return { items: (await this.scorers.list(ctx)).map((state) => this.answerOf(state)) };
  }

  @Get(':key')
  @ApiOperation({ summary: 'Get an external scorer' })
  @ApiOkResponse({ type: ScorerAnswer })
  async read(@CurrentSiteContext() ctx: SiteContext, @Param('key') key: string): Promise<ScorerAnswer> {
    return this.answerOf(await this.scorers.read(ctx, validKey(key)));
  }

  @Put(':key')
  @ShowsSecrets('secret')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Add or change an external scorer' })
  @ApiOkResponse({ type: PutScorerAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('key') key: string,
    @Body() body: ScorerSettings,
  ): Promise<PutScorerAnswer> {
    if (!KEY.test(key))
      throw invalid([
        {
          pointer: '/path/key',
          code: 'bad-key',
          message:
            'A key must begin with a letter and have at most 32 lower-case letters, digits and hyphens.',
        },
      ]);
    const secret = await this.scorers.put(ctx, site, key, body);
    const answer = this.answerOf(await this.scorers.read(ctx, key));
    return secret === null ? answer : { ...answer, secret };
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an external scorer' })
  @ApiNoContentResponse()
  remove(@CurrentSiteContext() ctx: SiteContext, @Param('key') key: string): Promise<void> {
    return this.scorers.remove(ctx, validKey(key));
  }

  @Post(':key/rotate')
  @ShowsSecrets('secret')
  @RequiresConfirmation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Rotate the signing secret' })
  @ApiOkResponse({ type: RotatedScorerSecret })
  async rotate(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
  ): Promise<RotatedScorerSecret> {
    const { secret, previousUntil } = await this.scorers.rotate(ctx, validKey(key));
    return { key, secret, previousUntil: previousUntil.toISOString() };
  }

  @Post(':key/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Test an external scorer with a text' })
  @ApiOkResponse({ type: ScorerTrialAnswer })
  async test(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
    @Body() trial: ScorerTrial,
  ): Promise<ScorerTrialAnswer> {
    return this.scoring.test(ctx, validKey(key), trial);
  }

  private answerOf(state: ScorerState): ScorerAnswer {
    const { openUntil, options } = state;
    const defaults = state.kind === 'chat' ? CHAT_DEFAULTS : null;
    return {
      key: state.key,
      kind: state.kind,
      name: state.name,
      url: state.url,
      model: options.model ?? null,
      blog: options.blog ?? null,
      rules: options.rules ?? null,
      band: bandOf(state),
      mayRelease: options.mayRelease ?? defaults?.mayRelease ?? null,
      responseFormat: options.responseFormat ?? defaults?.responseFormat ?? null,
      maxTokens: options.maxTokens ?? defaults?.maxTokens ?? null,
      sendContext: state.sendContext,
      isShadow: state.isShadow,
      labels: usesOf(state),
      languages: state.languages,
      timeoutMs: state.timeoutMs,
      callsPerDay: state.callsPerDay,
      callsPerMonth: state.callsPerMonth,
      whenAbsent: state.whenAbsent,
      enabled: state.enabled,
      circuit: openUntil === null ? 'closed' : openUntil > this.clock.now() ? 'open' : 'half-open',
      openUntil: openUntil?.toISOString() ?? null,
      callsToday: state.callsToday,
      callsThisMonth: state.callsThisMonth,
      lastSuccessAt: state.lastSuccessAt?.toISOString() ?? null,
      lastFailureAt: state.lastFailureAt?.toISOString() ?? null,
      lastFailure: state.lastFailure,
      createdAt: state.createdAt.toISOString(),
      updatedAt: state.updatedAt.toISOString(),
    };
  }
}

/** Without a database query. @throws Problem 404 for a key that no scorer can have */
function validKey(key: string): string {
  if (!KEY.test(key)) throw notFound('This scorer');
  return key;
}
