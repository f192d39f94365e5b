import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock.js';
import { ShowsSecrets } from '../../../platform/http/idempotency.interceptor.js';
import { notFound } from '../../../platform/http/problem.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { checkReaderKey } from '../../readers/reader-key.js';
import { RequiresConfirmation, PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { endOf } from '../entitlement.js';
import { callLookup, LookupFailed } from './lookup-client.js';
import {
  LookupAnswer,
  LookupDto,
  LookupSecretAnswer,
  LookupTestAnswer,
  LookupTestDto,
} from './lookup.dto.js';
import { LookupHealth, type LookupHealthState } from './lookup-health.js';
import { LookupSettingsService } from './lookup-settings.service.js';

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/lookup')
export class LookupController {
  constructor(
    private readonly settings: LookupSettingsService,
    private readonly health: LookupHealth,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get the settings of the entitlement lookup' })
  @ApiOkResponse({ type: LookupAnswer })
  async read(@CurrentSiteContext() ctx: SiteContext, @CurrentSite() site: SiteFacts): Promise<LookupAnswer> {
    return this.answerOf(ctx, site, null);
  }

  @Put()
  @ShowsSecrets('secret')
  @RequiresConfirmation()
  @ApiOperation({
    summary: 'Set up the entitlement lookup, a request from Postbag to your endpoint',
    description:
      'Postbag sends `{type: "entitlements.requested", timestamp, data: {site, readerKey}}`, signed according to Standard Webhooks. Your endpoint responds with 200 and `{entitlements: [{tier, status?, validUntil?, graceUntil?}]}`, or with 404 for a reader it does not know.',
  })
  @ApiOkResponse({ type: LookupAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() body: LookupDto,
  ): Promise<LookupAnswer> {
    // Use the returned settings instead of reading them: with an `Idempotency-Key` the change is committed after this
    // response is built.
    const { lookUp, secret } = await this.settings.put(ctx, site, body);
    return this.answerOf(ctx, { lookUp }, secret);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Turn off the entitlement lookup' })
  @ApiNoContentResponse({ description: 'The entitlement lookup is turned off.' })
  remove(@CurrentSiteContext() ctx: SiteContext): Promise<void> {
    return this.settings.remove(ctx);
  }

  @Post('rotate')
  @ShowsSecrets('secret')
  @RequiresConfirmation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Rotate the secret of the entitlement lookup' })
  @ApiOkResponse({ type: LookupSecretAnswer })
  async rotate(@CurrentSiteContext() ctx: SiteContext): Promise<LookupSecretAnswer> {
    const { secret, previousValidUntil } = await this.settings.rotate(ctx);
    return { secret, previousValidUntil: previousValidUntil.toISOString() };
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Look up one reader now and get the result' })
  @ApiOkResponse({ type: LookupTestAnswer })
  async test(
    @CurrentSite() site: SiteFacts,
    @Body() { readerKey }: LookupTestDto,
  ): Promise<LookupTestAnswer> {
    checkReaderKey(readerKey);
    if (!site.lookUp) throw notFound('The entitlement lookup');
    const now = this.clock.now();
    try {
      const { entitlements, status, durationMs } = await callLookup(this.outbound, site, readerKey, now);
      return {
        ok: true,
        reason: null,
        status,
        durationMs,
        entitlements: entitlements.map((entitlement) => ({
          tier: entitlement.tier,
          status: entitlement.status,
          validUntil: entitlement.validUntil?.toISOString() ?? null,
          graceUntil: entitlement.graceUntil?.toISOString() ?? null,
          counts: site.tiers.has(entitlement.tier) && endOf(entitlement, now) === null,
        })),
      };
    } catch (error) {
      if (!(error instanceof LookupFailed)) throw error;
      return { ok: false, reason: error.message, status: null, durationMs: null, entitlements: [] };
    }
  }

  /** @throws Problem 404 if the site has no lookup */
  private async answerOf(
    ctx: SiteContext,
    { lookUp }: Pick<SiteFacts, 'lookUp'>,
    secret: string | null,
  ): Promise<LookupAnswer> {
    const state = lookUp && (await this.health.read(ctx));
    if (!lookUp || !state) throw notFound('The entitlement lookup');
    return {
      url: lookUp.url,
      cacheSeconds: lookUp.cacheMs / 1000,
      timeoutMs: lookUp.timeoutMs,
      whenDown: lookUp.whenDown,
      previousSecretValidUntil: lookUp.secrets[1]?.until?.toISOString() ?? null,
      secret,
      ...toHealthFields(state, this.clock.now()),
    };
  }
}

const toHealthFields = (state: LookupHealthState, now: Date) => ({
  circuit: state.openUntil && state.openUntil > now ? ('open' as const) : ('closed' as const),
  lastSuccessAt: state.lastSuccessAt?.toISOString() ?? null,
  lastSuccessMs: state.lastSuccessMs,
  lastFailureAt: state.lastFailureAt?.toISOString() ?? null,
  lastFailure: state.lastFailure,
});
