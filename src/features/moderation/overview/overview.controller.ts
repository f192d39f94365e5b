import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { RequiresWholeSite, AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { OverviewAnswer } from './overview.dto.js';
import { OverviewView } from './overview.view.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@RequiresWholeSite()
@Controller('api/v1/sites/:site/overview')
export class OverviewController {
  constructor(private readonly view: OverviewView) {}

  @Get()
  @AllowViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Get current activity: comments per minute, waiting comments, and the busiest stories',
  })
  @ApiOkResponse({ type: OverviewAnswer })
  read(@CurrentSiteContext() ctx: SiteContext): Promise<OverviewAnswer> {
    return this.view.read(ctx);
  }
}
