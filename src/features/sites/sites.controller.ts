import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import { ShowsSecrets } from '../../platform/http/idempotency.interceptor.js';
import type { Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/fields.js';
import { ListBodyPipe } from '../../platform/http/list-body.pipe.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PolicyAnswer } from './policy-answer.dto.js';
import { PolicyPatch } from './policy.dto.js';
import { PolicyService } from './policy.service.js';
import type { Policy } from './policy.js';
import { PolicyChangeQuery } from './policy-versions.dto.js';
import type { PublisherPrincipal } from './publisher-access.js';
import { RequiresConfirmation, PublisherScope } from './publisher.guard.js';
import type { SiteFacts, Tier } from './site-facts.js';
import { CurrentPrincipal, CurrentSite, CurrentSiteContext } from './site.decorators.js';
import { SiteRegistrationService } from './site-registration.service.js';
import type { SiteEntity } from './site.entity.js';
import {
  MAX_TIERS,
  NewSite,
  NewSiteAnswer,
  SiteAnswer,
  SiteChange,
  SitePage,
  TierAnswer,
  TierDto,
} from './sites.dto.js';

const answerOf = (site: SiteEntity): SiteAnswer => ({
  id: site.id,
  name: site.name,
  origins: site.origins,
  signInUrl: site.signInUrl,
  createdAt: site.createdAt.toISOString(),
  updatedAt: site.updatedAt.toISOString(),
});

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites')
export class SitesController {
  constructor(
    private readonly sites: SiteRegistrationService,
    private readonly policies: PolicyService,
  ) {}

  @Post()
  @ShowsSecrets('ssoSecret')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Create a site' })
  @ApiCreatedResponse({ type: NewSiteAnswer })
  async create(
    @CurrentPrincipal() caller: PublisherPrincipal,
    @Body() draft: NewSite,
  ): Promise<NewSiteAnswer> {
    const { site, ssoSecret } = await this.sites.register(caller, draft);
    return { ...answerOf(site), ssoSecret };
  }

  @Get()
  @ApiOperation({ summary: "List the caller's sites" })
  @ApiOkResponse({ type: SitePage })
  async list(
    @CurrentPrincipal() caller: PublisherPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<SiteAnswer>> {
    const page = await this.sites.list(caller, query.cursor, query.limit);
    return { items: page.items.map(answerOf), next: page.next };
  }

  @Get(':site')
  @ApiOperation({ summary: 'Get a site' })
  @ApiOkResponse({ type: SiteAnswer })
  async read(@CurrentSiteContext() ctx: SiteContext): Promise<SiteAnswer> {
    return answerOf(await this.sites.read(ctx));
  }

  @Patch(':site')
  @ApiOperation({ summary: 'Update a site' })
  @ApiOkResponse({ type: SiteAnswer })
  async change(@CurrentSiteContext() ctx: SiteContext, @Body() change: SiteChange): Promise<SiteAnswer> {
    return answerOf(await this.sites.change(ctx, change));
  }

  @Delete(':site')
  @RequiresConfirmation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a site and everything that belongs to it' })
  @ApiNoContentResponse({ description: 'The site and everything that belonged to it have been deleted.' })
  async remove(@CurrentSiteContext() ctx: SiteContext): Promise<void> {
    await this.sites.remove(ctx);
  }

  @Get(':site/policy')
  @ApiOperation({ summary: "Get a site's policy" })
  @ApiOkResponse({
    type: PolicyAnswer,
    description: 'The complete policy; settings that the site has not set have their defaults.',
  })
  readPolicy(@CurrentSite() site: SiteFacts): Policy {
    return site.policy;
  }

  @Patch(':site/policy')
  @ApiOperation({ summary: "Change parts of a site's policy" })
  @ApiOkResponse({
    type: PolicyAnswer,
    description: 'The complete policy; settings that the site has not set have their defaults.',
  })
  changePolicy(
    @CurrentSiteContext() ctx: SiteContext,
    @Body() patch: PolicyPatch,
    @Query() { note, expect }: PolicyChangeQuery,
  ): Promise<Policy> {
    return this.policies.change(ctx, patch, {
      ...(note === undefined ? {} : { note }),
      ...(expect === undefined ? {} : { expect: Number(expect) }),
    });
  }

  @Get(':site/tiers')
  @ApiOperation({ summary: "List a site's tiers" })
  @ApiOkResponse({ type: TierAnswer, isArray: true })
  readTiers(@CurrentSite() site: SiteFacts): Tier[] {
    return [...site.tiers.values()];
  }

  @Put(':site/tiers')
  @ApiOperation({ summary: "Replace a site's list of tiers" })
  @ApiBody({ type: TierDto, isArray: true })
  @ApiOkResponse({ type: TierAnswer, isArray: true })
  replaceTiers(
    @CurrentSiteContext() ctx: SiteContext,
    @Body(new ListBodyPipe(TierDto, MAX_TIERS)) tiers: TierDto[],
  ): Promise<Tier[]> {
    return this.policies.replaceTiers(
      ctx,
      tiers.map(({ key, name, rank, upgradeUrl, badge }) => ({
        key,
        name: name.trim(),
        rank,
        upgradeUrl: upgradeUrl ?? null,
        badge: badge ?? null,
      })),
    );
  }
}
