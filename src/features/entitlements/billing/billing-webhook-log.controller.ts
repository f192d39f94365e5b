import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '../../../platform/database/database.js';
import { Cursors } from '../../../platform/http/cursor.js';
import { notFound } from '../../../platform/http/problem.js';
import { isUuid } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import type { BillingWebhookLogEntity } from './billing-webhook-log.entity.js';
import { BillingWebhookLogRepository } from './billing-webhook-log.repository.js';
import { BillingIntegrationsService } from './billing-integrations.service.js';
import {
  BillingWebhookLogEntry,
  BillingWebhookLogLine,
  BillingWebhookLogPage,
  BillingWebhookLogQuery,
  BillingWebhookOutcome,
  ReplayAnswer,
  ReplayRequest,
} from './billing.dto.js';
import { BillingWebhooksService } from './billing-webhooks.service.js';

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/inbound/:provider')
export class BillingWebhookLogController {
  constructor(
    private readonly billingWebhooks: BillingWebhooksService,
    private readonly integrations: BillingIntegrationsService,
    private readonly log: BillingWebhookLogRepository,
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Get('log')
  @ApiOperation({
    summary: 'List the webhooks received from a billing provider in the last 30 days, with their outcomes',
  })
  @ApiOkResponse({ type: BillingWebhookLogPage })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('provider') provider: string,
    @Query() { cursor, limit, outcome, readerKey }: BillingWebhookLogQuery,
  ): Promise<BillingWebhookLogPage> {
    await this.integrations.read(ctx, provider);
    const scope = `inbound-log:${ctx.siteId}:${provider}`;
    const before = (this.cursors.read(scope, cursor)?.[0] ?? null) as string | null;
    const rows = await this.database.inSite(ctx, (tx) =>
      this.log.list(tx, ctx, provider, {
        before,
        outcome: outcome ?? null,
        readerKey: readerKey ?? null,
        limit: limit + 1,
      }),
    );
    return this.cursors.page(rows, limit, scope, (row) => [row.id], toLogLine);
  }

  @Get('log/:id')
  @ApiOperation({ summary: 'Get one received webhook with its body' })
  @ApiOkResponse({ type: BillingWebhookLogEntry })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('provider') provider: string,
    @Param('id') id: string,
  ): Promise<BillingWebhookLogEntry> {
    const row = isUuid(id)
      ? await this.database.inSite(ctx, (tx) => this.log.find(tx, ctx, provider, id))
      : null;
    if (!row) throw notFound('This webhook');
    return { ...toLogLine(row), body: this.log.unsealBody(ctx, row) };
  }

  @Post('log/:id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Replay a webhook with the current settings' })
  @ApiOkResponse({ type: BillingWebhookOutcome })
  async replay(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('provider') provider: string,
    @Param('id') id: string,
  ): Promise<BillingWebhookOutcome> {
    return { outcome: await this.billingWebhooks.replay(ctx, site, provider, id) };
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Replay webhooks that were unmapped or refused' })
  @ApiOkResponse({ type: ReplayAnswer })
  replayAll(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('provider') provider: string,
    @Body() { since, outcomes }: ReplayRequest,
  ): Promise<ReplayAnswer> {
    return this.billingWebhooks.replayAll(
      ctx,
      site,
      provider,
      new Date(since),
      outcomes ?? ['unmapped', 'refused'],
    );
  }
}

function toLogLine(row: BillingWebhookLogEntity): BillingWebhookLogLine {
  return {
    id: row.id,
    receivedAt: row.receivedAt.toISOString(),
    outcome: row.outcome,
    reason: row.reason,
    detail: row.detail,
    messageId: row.messageId,
    readerKey: row.readerKey,
    entitlementKey: row.entitlementKey,
    isReplayable: row.bodySealed !== null,
    replayOf: row.replayOf,
  };
}
