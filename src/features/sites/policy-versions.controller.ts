import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/fields.js';
import { notFound } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PolicyVersionsView } from './policy-versions.view.js';
import {
  PolicyComparison,
  PolicyVersionAnswer,
  PolicyVersionPage,
  RestoreRequest,
} from './policy-versions.dto.js';
import { PolicyService } from './policy.service.js';
import { PublisherScope } from './publisher.guard.js';
import { CurrentSiteContext } from './site.decorators.js';

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/policy/versions')
export class PolicyVersionsController {
  constructor(
    private readonly versions: PolicyVersionsView,
    private readonly policies: PolicyService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the versions of a policy, with who made each change and what changed' })
  @ApiOkResponse({ type: PolicyVersionPage })
  list(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<PolicyVersionPage> {
    return this.versions.list(ctx, cursor, limit);
  }

  @Get(':version')
  @ApiOperation({ summary: 'Get a policy version' })
  @ApiOkResponse({ type: PolicyVersionAnswer })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('version') version: string,
  ): Promise<PolicyVersionAnswer> {
    return this.versions.read(ctx, parseVersion(version));
  }

  @Get(':version/differences/:other')
  @ApiOperation({ summary: 'Compare two versions of a policy' })
  @ApiOkResponse({ type: PolicyComparison })
  compare(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('version') version: string,
    @Param('other') other: string,
  ): Promise<PolicyComparison> {
    return this.versions.compare(ctx, parseVersion(version), parseVersion(other));
  }

  @Post(':version/restore')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Restore a version of a policy',
    description: 'The restored policy becomes a new version. Overrides stay unchanged.',
  })
  @ApiBody({ type: RestoreRequest, required: false })
  @ApiOkResponse({ type: PolicyVersionAnswer })
  async restore(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('version') version: string,
    @Body() { note }: RestoreRequest,
  ): Promise<PolicyVersionAnswer> {
    return this.versions.read(ctx, await this.policies.restore(ctx, parseVersion(version), note));
  }
}

function parseVersion(version: string): number {
  if (!/^[1-9]\d{0,8}$/.test(version)) throw notFound('This version');
  return Number(version);
}
