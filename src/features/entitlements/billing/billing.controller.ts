import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS } from '../../../platform/auth/principal.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { IgnoresIdempotencyKey } from '../../../platform/http/idempotency.interceptor.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { RequiresConfirmation, PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { BillingIntegrationsService, type BillingIntegration } from './billing-integrations.service.js';
import {
  BillingIntegrationAnswer,
  BillingIntegrationList,
  BillingWebhookOutcome,
  BillingIntegrationBody,
} from './billing.dto.js';
import { BillingWebhooksService } from './billing-webhooks.service.js';

@ApiTags('entitlements')
@Controller('api/v1/sites/:site/inbound')
export class BillingController {
  constructor(
    private readonly billingWebhooks: BillingWebhooksService,
    private readonly integrations: BillingIntegrationsService,
    private readonly sites: SiteSettings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @PublisherScope('publisher')
  @ApiOperation({ summary: 'List the billing providers that may send webhooks' })
  @ApiOkResponse({ type: BillingIntegrationList })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<BillingIntegrationList> {
    return {
      items: (await this.integrations.list(ctx)).map((integration) => this.answerOf(ctx, integration)),
    };
  }

  @Put(':provider')
  @RequiresConfirmation()
  @PublisherScope('publisher')
  @ApiOperation({ summary: 'Connect a billing provider' })
  @ApiOkResponse({ type: BillingIntegrationAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('provider') provider: string,
    @Body() body: BillingIntegrationBody,
  ): Promise<BillingIntegrationAnswer> {
    return this.answerOf(ctx, await this.integrations.put(ctx, site, provider, body));
  }

  @Get(':provider')
  @PublisherScope('publisher')
  @ApiOperation({ summary: "Get a billing provider's settings" })
  @ApiOkResponse({ type: BillingIntegrationAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('provider') provider: string,
  ): Promise<BillingIntegrationAnswer> {
    return this.answerOf(ctx, await this.integrations.read(ctx, provider));
  }

  @Delete(':provider')
  @RequiresConfirmation()
  @HttpCode(204)
  @PublisherScope('publisher')
  @ApiOperation({ summary: 'Disconnect a billing provider' })
  @ApiNoContentResponse({ description: "The provider's webhooks are no longer accepted." })
  remove(@CurrentSiteContext() ctx: SiteContext, @Param('provider') provider: string): Promise<void> {
    return this.integrations.remove(ctx, provider);
  }

  @Post(':provider')
  @IgnoresIdempotencyKey()
  @HttpCode(200)
  @ApiOperation({
    summary:
      "Receive a billing provider's webhook, authenticated by the provider's own signature instead of an API key",
    description:
      'Send the body in the provider’s own format. For `generic` it is `{type, timestamp, data}`, signed as Standard Webhooks specifies, with the types `subscription.updated` `{readerKey, tier, status, validUntil?, graceUntil?, key?, sequence?}`, `reader.updated` `{readerKey, name, picture?, email?, sequence?}` and `reader.deleted` `{readerKey, sequence?}`, which erases the reader at once. Any other type is accepted and ignored.',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiOkResponse({ type: BillingWebhookOutcome })
  async receive(
    @Req() request: FastifyRequest & { rawBody?: Buffer },
    @Param('site') siteId: string,
    @Param('provider') provider: string,
  ): Promise<BillingWebhookOutcome> {
    const site = await this.sites.get(siteId);
    const ctx: SiteContext = { siteId: site.id, principal: ANONYMOUS, requestId: request.id };
    const { headers, body, rawBody } = request;
    const outcome = await this.billingWebhooks.receive(ctx, site, provider, {
      headers,
      body,
      rawBody: rawBody ?? Buffer.alloc(0),
    });
    return { outcome };
  }

  private answerOf(ctx: SiteContext, integration: BillingIntegration): BillingIntegrationAnswer {
    return {
      provider: integration.provider,
      url: `${this.settings.publicUrl}/api/v1/sites/${ctx.siteId}/inbound/${integration.provider}`,
      tiers: integration.tiers,
      reader: integration.reader,
      graceDays: integration.graceDays,
      apiUrl: integration.apiUrl,
      hasApiKey: integration.hasApiKey,
      mapping: integration.mapping,
      previousSecretValidUntil: integration.previousSecretValidUntil?.toISOString() ?? null,
      updatedAt: integration.updatedAt.toISOString(),
    };
  }
}
