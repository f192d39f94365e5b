import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import type { Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/fields.js';
import { invalid } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { checkReaderKey } from '../readers/reader-key.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { endOf } from './entitlement.js';
import type { EntitlementEntity } from './entitlement.entity.js';
import { DEFAULT_KEY, EntitlementService, type EntitlementRef } from './entitlement.service.js';
import { ENTITLEMENT_KEY } from './entitlement-import.dto.js';
import {
  EntitlementAnswer,
  EntitlementDto,
  EntitlementHistory,
  EntitlementPage,
} from './entitlements.dto.js';

const MAX_HISTORY_ENTRIES = 100;

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/readers/:readerKey')
export class EntitlementsController {
  constructor(
    private readonly entitlements: EntitlementService,
    private readonly clock: Clock,
  ) {}

  @Get('entitlements')
  @ApiOperation({ summary: "List a reader's entitlements" })
  @ApiOkResponse({ type: EntitlementPage })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('readerKey') readerKey: string,
    @Query() query: PageQuery,
  ): Promise<Page<EntitlementAnswer>> {
    checkReaderKey(readerKey);
    const page = await this.entitlements.list(ctx, readerKey, query.cursor, query.limit);
    return { items: page.items.map((item) => this.answerOf(item, site)), next: page.next };
  }

  @Get('entitlement')
  @ApiOperation({ summary: "Get a reader's entitlement" })
  @ApiOkResponse({ type: EntitlementAnswer })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('readerKey') readerKey: string,
  ): Promise<EntitlementAnswer> {
    return this.readOne(ctx, site, parseRef(readerKey));
  }

  @Put('entitlement')
  @ApiOperation({ summary: "Set a reader's entitlement" })
  @ApiOkResponse({ type: EntitlementAnswer })
  put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('readerKey') readerKey: string,
    @Body() body: EntitlementDto,
  ): Promise<EntitlementAnswer> {
    return this.putOne(ctx, site, parseRef(readerKey), body);
  }

  @Delete('entitlement')
  @HttpCode(204)
  @ApiOperation({ summary: "End a reader's entitlement immediately" })
  @ApiNoContentResponse({ description: 'The entitlement has ended.' })
  remove(@CurrentSiteContext() ctx: SiteContext, @Param('readerKey') readerKey: string): Promise<void> {
    return this.entitlements.remove(ctx, parseRef(readerKey));
  }

  @Get('entitlements/:key')
  @ApiOperation({ summary: "Get one of a reader's entitlements by its key" })
  @ApiOkResponse({ type: EntitlementAnswer })
  readByKey(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('readerKey') readerKey: string,
    @Param('key') key: string,
  ): Promise<EntitlementAnswer> {
    return this.readOne(ctx, site, parseRef(readerKey, key));
  }

  @Get('entitlements/:key/history')
  @ApiOperation({ summary: 'List the latest changes reported for an entitlement' })
  @ApiOkResponse({ type: EntitlementHistory })
  async history(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('readerKey') readerKey: string,
    @Param('key') key: string,
  ): Promise<EntitlementHistory> {
    const facts = await this.entitlements.history(ctx, parseRef(readerKey, key), MAX_HISTORY_ENTRIES);
    return {
      items: facts.map((fact) => ({
        tier: fact.tier,
        status: fact.status,
        validUntil: fact.validUntil?.toISOString() ?? null,
        graceUntil: fact.graceUntil?.toISOString() ?? null,
        kind: fact.kind,
        grantedBy: fact.grantedBy,
        source: fact.source,
        messageId: fact.messageId,
        sequence: fact.sequence,
        reportedAt: fact.reportedAt.toISOString(),
        recordedAt: fact.recordedAt.toISOString(),
      })),
    };
  }

  @Put('entitlements/:key')
  @ApiOperation({ summary: "Set one of a reader's entitlements by its key" })
  @ApiOkResponse({ type: EntitlementAnswer })
  putByKey(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('readerKey') readerKey: string,
    @Param('key') key: string,
    @Body() body: EntitlementDto,
  ): Promise<EntitlementAnswer> {
    return this.putOne(ctx, site, parseRef(readerKey, key), body);
  }

  @Delete('entitlements/:key')
  @HttpCode(204)
  @ApiOperation({ summary: "End one of a reader's entitlements immediately, by its key" })
  @ApiNoContentResponse({ description: 'The entitlement has ended.' })
  removeByKey(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('readerKey') readerKey: string,
    @Param('key') key: string,
  ): Promise<void> {
    return this.entitlements.remove(ctx, parseRef(readerKey, key));
  }

  private async readOne(ctx: SiteContext, site: SiteFacts, ref: EntitlementRef): Promise<EntitlementAnswer> {
    return this.answerOf(await this.entitlements.read(ctx, ref), site);
  }

  private async putOne(
    ctx: SiteContext,
    site: SiteFacts,
    ref: EntitlementRef,
    body: EntitlementDto,
  ): Promise<EntitlementAnswer> {
    if (!site.tiers.has(body.tier)) {
      const message = `The site has no tier with the key "${body.tier}".`;
      throw invalid([{ pointer: '/tier', code: 'unknown-tier', message }]);
    }
    const stored = await this.entitlements.put(ctx, ref, {
      tier: body.tier,
      status: body.status,
      validUntil: toDate(body.validUntil),
      graceUntil: toDate(body.graceUntil),
      kind: body.kind,
      grantedBy: body.grantedBy,
    });
    return this.answerOf(stored, site);
  }

  private answerOf(row: EntitlementEntity, site: SiteFacts): EntitlementAnswer {
    return {
      readerKey: row.readerKey,
      key: row.key,
      tier: row.tier,
      status: row.status,
      validUntil: row.validUntil?.toISOString() ?? null,
      graceUntil: row.graceUntil?.toISOString() ?? null,
      kind: row.kind,
      grantedBy: row.grantedBy,
      counts: site.tiers.has(row.tier) && endOf(row, this.clock.now()) === null,
      source: row.source,
      reportedAt: row.reportedAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

const toDate = (iso: string | null | undefined): Date | null => (iso ? new Date(iso) : null);

/** @throws Problem 400 */
function parseRef(readerKey: string, key = DEFAULT_KEY): EntitlementRef {
  checkReaderKey(readerKey);
  if (ENTITLEMENT_KEY.test(key)) return { readerKey, key };
  const message = 'An entitlement key must have 1 to 128 letters, digits, ".", "_", ":" or "-".';
  throw invalid([{ pointer: '/path/key', code: 'bad-entitlement-key', message }]);
}
