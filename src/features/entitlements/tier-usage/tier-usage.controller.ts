import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { TierUses } from './tier-usage.dto.js';
import { TierUsageView } from './tier-usage.view.js';

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/tiers/:tier/uses')
export class TierUsageController {
  constructor(private readonly uses: TierUsageView) {}

  @Get()
  @ApiOperation({ summary: 'Get where a tier is used and how many readers have it' })
  @ApiOkResponse({ type: TierUses })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('tier') tier: string,
  ): Promise<TierUses> {
    if (!site.tiers.has(tier)) throw notFound('This tier');
    return this.uses.read(ctx, tier);
  }
}
