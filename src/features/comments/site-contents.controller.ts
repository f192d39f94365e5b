import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Int } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { SiteContentsView } from './site-contents.view.js';

export class SiteContentsAnswer {
  @Int({ min: 0 }) stories: number;
  @Int({ min: 0, description: 'Number of published comments and replies.' }) comments: number;
  @Int({ min: 0 }) readers: number;
}

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/contents')
export class SiteContentsController {
  constructor(private readonly contents: SiteContentsView) {}

  @Get()
  @ApiOperation({ summary: "Count a site's contents, which are deleted together with it" })
  @ApiOkResponse({ type: SiteContentsAnswer })
  read(@CurrentSiteContext() ctx: SiteContext): Promise<SiteContentsAnswer> {
    return this.contents.read(ctx);
  }
}
