import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock.js';
import { ShowsSecrets } from '../../../platform/http/idempotency.interceptor.js';
import { notFound } from '../../../platform/http/problem.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { checkReaderKey } from '../../readers/reader-key.js';
import { Confirmed, PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { Facts, Site } from '../../sites/site.params.js';
import { endOf } from '../entitlement.js';
import { callLookUp, LookUpFailed } from './look-up-call.js';
import {
  LookUpAnswer,
  LookUpDto,
  LookUpSecretAnswer,
  LookUpTestAnswer,
  LookUpTestDto,
} from './look-up.dto.js';
import { LookUpNotes, type LookUpState } from './look-up-notes.js';
import { LookUpSettingsService } from './look-up-settings.service.js';

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/lookup')
export class LookUpController {
  constructor(
    private readonly lookUp: LookUpSettingsService,
    private readonly notes: LookUpNotes,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where we ask what readers are entitled to' })
  @ApiOkResponse({ type: LookUpAnswer })
  async read(@Site() ctx: SiteContext, @Facts() site: SiteFacts): Promise<LookUpAnswer> {
    return this.answerOf(ctx, site, null);
  }

  @Put()
  @ShowsSecrets('secret')
  @Confirmed()
  @ApiOperation({
    summary: 'Have us ask you what readers are entitled to',
    description:
      'We send `{type: "entitlements.asked", timestamp, data: {site, readerKey}}`, signed as Standard Webhooks say; you ' +
      'answer 200 `{entitlements: [{tier, status?, validUntil?, graceUntil?}]}`, or 404 for a reader you do not know.',
  })
  @ApiOkResponse({ type: LookUpAnswer })
  async put(
    @Site() ctx: SiteContext,
    @Facts() site: SiteFacts,
    @Body() body: LookUpDto,
  ): Promise<LookUpAnswer> {
    // Not read again: with an `Idempotency-Key` the change commits after this answer is made.
    const { lookUp, secret } = await this.lookUp.put(ctx, site, body);
    return this.answerOf(ctx, { lookUp }, secret);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Have us ask no more' })
  @ApiNoContentResponse({ description: 'Nobody is asked any more.' })
  remove(@Site() ctx: SiteContext): Promise<void> {
    return this.lookUp.remove(ctx);
  }

  @Post('rotate')
  @ShowsSecrets('secret')
  @Confirmed()
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret for the look-up' })
  @ApiOkResponse({ type: LookUpSecretAnswer })
  async rotate(@Site() ctx: SiteContext): Promise<LookUpSecretAnswer> {
    const { secret, previousValidUntil } = await this.lookUp.rotate(ctx);
    return { secret, previousValidUntil: previousValidUntil.toISOString() };
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask about one reader now, and see what came back' })
  @ApiOkResponse({ type: LookUpTestAnswer })
  async test(@Facts() site: SiteFacts, @Body() { readerKey }: LookUpTestDto): Promise<LookUpTestAnswer> {
    checkReaderKey(readerKey);
    if (!site.lookUp) throw notFound('The look-up');
    const now = this.clock.now();
    try {
      const { entitlements, status, durationMs } = await callLookUp(this.outbound, site, readerKey, now);
      return {
        ok: true,
        reason: null,
        status,
        durationMs,
        entitlements: entitlements.map((each) => ({
          tier: each.tier,
          status: each.status,
          validUntil: each.validUntil?.toISOString() ?? null,
          graceUntil: each.graceUntil?.toISOString() ?? null,
          counts: site.tiers.has(each.tier) && endOf(each, now) === null,
        })),
      };
    } catch (error) {
      if (!(error instanceof LookUpFailed)) throw error;
      return { ok: false, reason: error.message, status: null, durationMs: null, entitlements: [] };
    }
  }

  /** @throws Problem 404 where nobody is asked */
  private async answerOf(
    ctx: SiteContext,
    { lookUp }: Pick<SiteFacts, 'lookUp'>,
    secret: string | null,
  ): Promise<LookUpAnswer> {
    const state = lookUp && (await this.notes.read(ctx));
    if (!lookUp || !state) throw notFound('The look-up');
    return {
      url: lookUp.url,
      cacheSeconds: lookUp.cacheMs / 1000,
      timeoutMs: lookUp.timeoutMs,
      whenDown: lookUp.whenDown,
      previousSecretValidUntil: lookUp.secrets[1]?.until?.toISOString() ?? null,
      secret,
      ...stateOf(state, this.clock.now()),
    };
  }
}

const stateOf = (state: LookUpState, now: Date) => ({
  circuit: state.openUntil && state.openUntil > now ? ('open' as const) : ('closed' as const),
  lastSuccessAt: state.lastSuccessAt?.toISOString() ?? null,
  lastSuccessMs: state.lastSuccessMs,
  lastFailureAt: state.lastFailureAt?.toISOString() ?? null,
  lastFailure: state.lastFailure,
});
